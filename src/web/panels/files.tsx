/** What the folder around the Dockerfile holds, as far as the user tells. */
import type { PageState } from '../shared-link.ts';

export interface FilesProps {
  readonly state: PageState;
  onState(change: Partial<PageState>): void;
}

export function FilesPanel({ state, onState }: FilesProps) {
  return (
    <>
      <p class="hint">
        All of it is optional, and none of it leaves this page. The more is known, the more can be said for certain.
      </p>
      <Area
        name=".dockerignore"
        value={state.ignore ?? ''}
        placeholder={'node_modules\n.git\n.env'}
        onInput={(ignore) => onState({ ignore })}
      />
      <Area
        name="Files of the folder, a path a line"
        value={state.files ?? ''}
        placeholder={'package.json\npackage-lock.json\nsrc/server.js'}
        onInput={(files) => onState({ files })}
      />
      <Area
        name="package.json"
        value={state.manifest ?? ''}
        placeholder={'{ "scripts": { "start": "node src/server.js" } }'}
        onInput={(manifest) => onState({ manifest })}
      />
    </>
  );
}

interface AreaProps {
  readonly name: string;
  readonly value: string;
  readonly placeholder: string;
  onInput(value: string): void;
}

const Area = ({ name, value, placeholder, onInput }: AreaProps) => (
  <label class="field">
    <span>{name}</span>
    <textarea
      rows={5}
      spellcheck={false}
      value={value}
      placeholder={placeholder}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  </label>
);
