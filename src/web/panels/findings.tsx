/** What is found, each with the trail that proves it, what to do, and a button that does it. */
import type { ReportedFinding, Span } from '../../index.ts';
import type { Judgement } from '../messages.ts';

export interface FindingsProps {
  readonly judgement: Judgement | undefined;
  readonly selected: ReportedFinding | undefined;
  onSelect(finding: ReportedFinding | undefined): void;
  onShow(span: Span): void;
  onFix(finding: ReportedFinding): void;
  onFixAll(which: 'safe' | 'all'): void;
}

const order = ['error', 'warning', 'info'] as const;

export function FindingsPanel({ judgement, selected, onSelect, onShow, onFix, onFixAll }: FindingsProps) {
  if (judgement === undefined) return <p class="hint">Reading the Dockerfile…</p>;
  const { findings } = judgement.result;
  const sorted = order.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  const fixes = findings.filter(({ fix }) => fix !== undefined);
  const safe = fixes.filter(({ fix }) => fix?.safety === 'safe').length;
  return (
    <>
      <div class="bar">
        <p class="count" role="status">
          {summary(findings)}
        </p>
        {safe > 0 && (
          <button type="button" onClick={() => onFixAll('safe')}>
            Fix {safe} safely
          </button>
        )}
        {fixes.length > safe && (
          <button type="button" class="quiet" onClick={() => onFixAll('all')}>
            Fix all {fixes.length}
          </button>
        )}
      </div>
      <ul class="findings">
        {sorted.map((finding) => {
          const isOpen = finding === selected;
          return (
            <li key={`${finding.rule}:${finding.line}:${finding.column}`} class={`finding ${finding.severity}`}>
              <button
                type="button"
                class="head"
                aria-expanded={isOpen}
                onClick={() => onSelect(isOpen ? undefined : finding)}
              >
                <span class="severity">{finding.severity}</span>
                <span class="message">{finding.message}</span>
                <span class="line">line {finding.line}</span>
              </button>
              {isOpen && <Details finding={finding} judgement={judgement} onShow={onShow} onFix={onFix} />}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function summary(findings: readonly ReportedFinding[]): string {
  if (findings.length === 0) return 'Nothing to find fault with.';
  const parts = order.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  return parts.join(', ');
}

interface DetailsProps extends Pick<FindingsProps, 'onShow' | 'onFix'> {
  readonly finding: ReportedFinding;
  readonly judgement: Judgement;
}

function Details({ finding, judgement, onShow, onFix }: DetailsProps) {
  const rule = judgement.rules[finding.rule];
  return (
    <div class="details">
      {finding.evidence.length > 0 && (
        <ol class="trail" aria-label="How it comes to that">
          {finding.evidence.map(({ at, message, elsewhere }) => (
            <li key={`${at.line}:${at.column}:${message}`}>
              {elsewhere === undefined ? (
                <button type="button" class="place" onClick={() => onShow(at)}>
                  line {at.line}
                </button>
              ) : (
                <span class="place">{elsewhere.path}</span>
              )}{' '}
              {message}
            </li>
          ))}
        </ol>
      )}
      {rule !== undefined && <p>{rule.because}</p>}
      <p>
        <strong>Instead:</strong> {finding.instead}
      </p>
      <p class="actions">
        {finding.fix !== undefined && (
          <button type="button" class="primary" onClick={() => onFix(finding)}>
            {sentence(finding.fix.says)}
            {finding.fix.safety === 'unsafe' ? ' (look at what it does)' : ''}
          </button>
        )}
        <a href={`rules/${finding.rule}.html`}>{finding.rule}</a>
      </p>
    </div>
  );
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
