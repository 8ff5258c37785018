/** The page: an editor with its findings, and beside it what the build is and what comes out of it. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ReportedFinding, Span } from '../index.ts';
import { createEditor, type Editor, type Light } from './editor.ts';
import { type Engine, startEngine } from './engine.ts';
import { examples } from './examples.ts';
import type { Judgement, Outline } from './messages.ts';
import { FilesPanel } from './panels/files.tsx';
import { FindingsPanel } from './panels/findings.tsx';
import { PicturePanel } from './panels/picture.tsx';
import { RebuildPanel } from './panels/rebuild.tsx';
import { ShipsPanel } from './panels/ships.tsx';
import { workspaceOf } from './project-files.ts';
import { addressOf, type PageState } from './shared-link.ts';
import { Tabs } from './tabs.tsx';

type Panel = 'picture' | 'ships' | 'rebuild' | 'files';

const panels: readonly { readonly id: Panel; readonly title: string }[] = [
  { id: 'picture', title: 'Build' },
  { id: 'ships', title: 'What ships' },
  { id: 'rebuild', title: 'What if' },
  { id: 'files', title: 'Folder' },
];

export function App({ start }: { readonly start: PageState }) {
  const [state, setState] = useState(start);
  const [judgement, setJudgement] = useState<Judgement>();
  const [outline, setOutline] = useState<Outline>();
  const [broken, setBroken] = useState<string>();
  const [selected, setSelected] = useState<ReportedFinding>();
  const [panel, setPanel] = useState<Panel>('picture');
  const [changed, setChanged] = useState('');
  const [cursor, setCursor] = useState(1);
  const [shared, setShared] = useState('');
  const engine = useRef<Engine | null>(null);
  const editor = useRef<Editor | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const change = (part: Partial<PageState>): void => setState((before) => ({ ...before, ...part }));
  const asked = panel === 'rebuild' && changed.trim() !== '' ? changed.trim() : undefined;

  useEffect(() => {
    if (place.current === null) return;
    editor.current = createEditor(place.current, start.text, {
      changed: (text, anew) =>
        setState((before) => (anew && hasFolderOfExample(before) ? { text } : { ...before, text })),
      moved: setCursor,
    });
    engine.current = startEngine({
      judged(found) {
        setBroken(undefined);
        setJudgement(found);
        editor.current?.setFindings(found.result.findings);
        setSelected((before) => before && found.result.findings.find((finding) => isSame(finding, before)));
        // For whoever measures from key to findings.
        performance.clearMarks();
        performance.mark('judged');
      },
      outlined: setOutline,
      broken: setBroken,
    });
  }, []);

  useEffect(() => engine.current?.analyse(workspaceOf(state), asked), [state, asked]);

  useEffect(() => {
    const later = setTimeout(async () => {
      const address = await addressOf(state);
      history.replaceState(null, '', address ?? location.pathname);
    }, 400);
    return () => clearTimeout(later);
  }, [state]);

  const lights = useMemo(
    () => lightsOf(selected, panel === 'rebuild' ? outline : undefined),
    [selected, outline, panel],
  );
  useEffect(() => editor.current?.light(lights), [lights]);

  const showLine = (line: number): void => editor.current?.show({ line, column: 1, endLine: line, endColumn: 1 }, true);
  const use = (given: PageState): void => {
    setSelected(undefined);
    setChanged('');
    setState(given);
    editor.current?.setText(given.text);
  };
  const take = (text: string, created: Readonly<Record<string, string>>): void => {
    editor.current?.setText(text);
    const ignore = created['.dockerignore'];
    if (ignore !== undefined) change({ ignore });
  };
  const fixAll = async (which: 'safe' | 'all'): Promise<void> => {
    const fixed = await engine.current?.fix(workspaceOf(state), which);
    if (fixed !== undefined) take(fixed.text, fixed.created);
  };
  const fixOne = async (finding: ReportedFinding): Promise<void> => {
    const fixed = await engine.current?.fix(workspaceOf(state), finding);
    if (fixed !== undefined) take(fixed.text, fixed.created);
  };
  const share = async (): Promise<void> => {
    const address = await addressOf(state);
    if (address === undefined) return setShared('Too long for a link.');
    history.replaceState(null, '', address);
    await navigator.clipboard.writeText(location.href).then(
      () => setShared('Link copied.'),
      () => setShared('The link stands in the address bar.'),
    );
  };
  const copy = (): Promise<void> =>
    navigator.clipboard.writeText(state.text).then(
      () => setShared('Dockerfile copied.'),
      () => setShared('This browser does not let pages copy.'),
    );

  return (
    <>
      <header>
        <h1>
          <a href="./">dflint</a>
        </h1>
        <p class="claim">What a Dockerfile really ships</p>
        <label class="examples">
          <span class="hidden">Example</span>
          <select
            value=""
            onChange={({ currentTarget }) => {
              const example = examples.find(({ title }) => title === currentTarget.value);
              if (example !== undefined) use(example.state);
              currentTarget.value = '';
            }}
          >
            <option value="">Examples…</option>
            {examples.map(({ title }) => (
              <option key={title}>{title}</option>
            ))}
          </select>
        </label>
        <button type="button" class="quiet" onClick={copy}>
          Copy
        </button>
        <button type="button" class="quiet" onClick={share}>
          Share
        </button>
        <nav aria-label="Documentation">
          <a href="rules/">Rules</a>
          <a href="configuration.html">Configuration</a>
          <a href="accuracy.html">How sure is dflint?</a>
        </nav>
        <p class="hidden" role="status">
          {shared}
        </p>
      </header>
      <main>
        <section class="write" aria-label="Dockerfile and findings">
          <div class="editor" ref={place} />
          <section class="results" aria-label="Findings">
            {broken !== undefined && <p class="bad">Something in dflint broke: {broken}</p>}
            <FindingsPanel
              judgement={judgement}
              selected={selected}
              onSelect={(finding) => {
                setSelected(finding);
                if (finding !== undefined) editor.current?.show(finding, false);
              }}
              onShow={(span) => editor.current?.show(span, true)}
              onFix={fixOne}
              onFixAll={fixAll}
            />
          </section>
        </section>
        <Tabs<Panel> label="The build" tabs={panels} chosen={panel} onChoose={(id) => setPanel(id)}>
          {panel === 'picture' && (
            <PicturePanel graph={outline?.graph} lit={litStages(outline, selected, cursor)} onLine={showLine} />
          )}
          {panel === 'ships' && <ShipsPanel images={outline?.images ?? []} onLine={showLine} />}
          {panel === 'rebuild' && (
            <RebuildPanel
              changed={changed}
              report={outline?.rebuild}
              paths={pathsOf(state, outline)}
              onChanged={setChanged}
              onLine={showLine}
            />
          )}
          {panel === 'files' && <FilesPanel state={state} onState={change} />}
        </Tabs>
      </main>
    </>
  );
}

/** What an example says of its folder says nothing of a Dockerfile that is put in its place. */
const hasFolderOfExample = ({ ignore, files, manifest }: PageState): boolean =>
  examples.some(({ state }) => state.ignore === ignore && state.files === files && state.manifest === manifest);

const isSame = (one: ReportedFinding, other: ReportedFinding): boolean =>
  one.rule === other.rule && one.message === other.message && one.line === other.line;

/** Lines of the selected finding and its trail, and of the steps that run again. */
function lightsOf(selected: ReportedFinding | undefined, outline: Outline | undefined): ReadonlyMap<number, Light> {
  const lines = new Map<number, Light>();
  for (const { built, steps } of outline?.rebuild?.stages ?? [])
    if (built) for (const { line, runs } of steps) if (runs !== 'no') lines.set(line, 'again');
  for (const { at, elsewhere } of selected?.evidence ?? []) if (elsewhere === undefined) lines.set(at.line, 'trail');
  if (selected !== undefined) lines.set(selected.line, 'place');
  return lines;
}

/** The stages of the selected finding and its trail; without one, that of the cursor. */
function litStages(
  outline: Outline | undefined,
  selected: ReportedFinding | undefined,
  cursor: number,
): ReadonlySet<number> {
  const places: readonly Pick<Span, 'line'>[] =
    selected === undefined
      ? [{ line: cursor }]
      : [selected, ...selected.evidence.filter(({ elsewhere }) => elsewhere === undefined).map(({ at }) => at)];
  const indices = places.map(
    ({ line }) => outline?.stages.findIndex(({ from, end }) => from <= line && line < end) ?? -1,
  );
  return new Set(indices);
}

/** Paths that the user may mean: those of the list, else those that COPY names. */
function pathsOf({ files = '' }: PageState, outline: Outline | undefined): readonly string[] {
  const listed = files.split('\n').map((path) => path.trim());
  const copied =
    outline?.graph.stages.flatMap(({ inputs }) =>
      inputs.flatMap(({ from, paths }) => ('kind' in from && from.kind === 'context' ? paths : [])),
    ) ?? [];
  return [...new Set([...listed, ...copied])].filter((path) => path !== '' && path !== '.');
}
