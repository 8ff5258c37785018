/** What runs again when a file changes. */
import type { RebuildReport } from '../../index.ts';

export interface RebuildProps {
  readonly changed: string;
  readonly report: RebuildReport | undefined;
  /** Paths to offer. */
  readonly paths: readonly string[];
  onChanged(path: string): void;
  onLine(line: number): void;
}

export function RebuildPanel({ changed, report, paths, onChanged, onLine }: RebuildProps) {
  const again = report?.stages.filter(({ built }) => built).flatMap(({ steps }) => steps.filter(runsAgain)) ?? [];
  const all = report?.stages.filter(({ built }) => built).flatMap(({ steps }) => steps) ?? [];
  return (
    <>
      <label class="field">
        <span>When this file of the build context changes</span>
        <input
          type="text"
          value={changed}
          placeholder="src/server.js"
          list="paths"
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => onChanged(event.currentTarget.value)}
        />
        <datalist id="paths">
          {paths.map((path) => (
            <option key={path} value={path} />
          ))}
        </datalist>
      </label>
      {changed !== '' && report !== undefined && (
        <>
          <p role="status">
            {again.length === 0
              ? 'No step runs again.'
              : `${again.length} of ${all.length} steps run again; they are lit in the editor.`}
          </p>
          <ul class="entries">
            {again.map(({ line, instruction, runs, reason }) => (
              <li key={`${line} ${instruction}`}>
                <button type="button" class="place" onClick={() => onLine(line)}>
                  line {line}
                </button>{' '}
                <b>{instruction}</b> {runs === 'perhaps' ? 'perhaps' : ''}
                {reason === undefined ? '' : `: ${reason}`}
              </li>
            ))}
          </ul>
        </>
      )}
      {changed === '' && <p class="hint">Steps below the first COPY that takes it lose their cache.</p>}
    </>
  );
}

const runsAgain = ({ runs }: RebuildReport['stages'][number]['steps'][number]): boolean => runs !== 'no';
