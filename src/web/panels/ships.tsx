/** What the images will hold that the build is for. */
import type { ComponentChildren } from 'preact';
import type { ImageReport } from '../../index.ts';

export interface ShipsProps {
  readonly images: readonly ImageReport[];
  onLine(line: number): void;
}

/** Files of an image that are listed; the others are counted. */
const mostFiles = 60;

export function ShipsPanel({ images, onLine }: ShipsProps) {
  if (images.length === 0) return <p class="hint">No image comes out.</p>;
  return (
    <>
      {images.map((image) => (
        <Image key={image.line} image={image} onLine={onLine} />
      ))}
    </>
  );
}

interface ImageProps extends Pick<ShipsProps, 'onLine'> {
  readonly image: ImageReport;
}

function Image({ image, onLine }: ImageProps) {
  const { target, base, user, workingDir, env, exposedPorts, dependencies, caches, secrets, files, unknowns } = image;
  const isRoot = user.identity === 'root';
  const own = env.filter(({ setBy }) => setBy === 'instruction');
  return (
    <section class="image" aria-label={`Image of ${target}`}>
      <h3>{/^\d+$/.test(target) ? `stage ${target}` : target}</h3>
      <dl>
        <Fact name="base">{base}</Fact>
        <Fact name="user" bad={isRoot}>
          {user.name ?? user.identity}
          {user.setBy === 'base' ? ' (from the base image)' : ''}
        </Fact>
        {workingDir !== undefined && <Fact name="folder">{workingDir}</Fact>}
        <Fact name="starts">
          {[...(image.entrypoint?.words ?? []), ...(image.cmd?.words ?? [])].join(' ') || 'nothing of its own'}
        </Fact>
        {exposedPorts.length > 0 && <Fact name="ports">{exposedPorts.join(', ')}</Fact>}
        {own.length > 0 && <Fact name="env">{own.map(({ name, value }) => `${name}=${value ?? '?'}`).join('  ')}</Fact>}
      </dl>
      {secrets.length > 0 && (
        <List title="Secrets that can be read" bad>
          {secrets.map(({ name, places, line }) => (
            <Entry key={`${name} ${line}`} line={line} onLine={onLine}>
              {name} ({places.join(', ')})
            </Entry>
          ))}
        </List>
      )}
      {dependencies.length > 0 && (
        <List title="Dependencies">
          {dependencies.map(({ path, manager, development, place, line }) => (
            <Entry key={`${path} ${line} ${place}`} line={line} bad={development === 'yes'} onLine={onLine}>
              {path} ({manager}
              {development === 'yes' ? ', development packages too' : development === 'no' ? ', production only' : ''}
              {place === 'layer' ? ', removed, but still in a layer' : ''})
            </Entry>
          ))}
        </List>
      )}
      {caches.length > 0 && (
        <List title="Caches" bad>
          {caches.map(({ manager, paths, line }) => (
            <Entry key={`${manager} ${line}`} line={line} onLine={onLine}>
              {paths.join(', ')} ({manager})
            </Entry>
          ))}
        </List>
      )}
      <List title={`Files that the build adds: ${files.length}`}>
        {files.slice(0, mostFiles).map(({ path, kind, presence, line }) => (
          <Entry key={path} line={line} onLine={onLine}>
            {path}
            {kind === 'directory' ? '/' : ''}
            {presence === 'present' ? '' : ' (perhaps)'}
          </Entry>
        ))}
      </List>
      {files.length > mostFiles && <p class="hint">and {files.length - mostFiles} more</p>}
      {unknowns.length > 0 && (
        <List title="Not known">
          {unknowns.map(({ what, why }) => (
            <li key={`${what} ${why}`}>
              {what}: {why}
            </li>
          ))}
        </List>
      )}
    </section>
  );
}

function Fact({ name, bad = false, children }: { name: string; bad?: boolean; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={bad ? 'bad' : ''}>{children}</dd>
    </div>
  );
}

function List({ title, bad = false, children }: { title: string; bad?: boolean; children: ComponentChildren }) {
  return (
    <>
      <h4 class={bad ? 'bad' : ''}>{title}</h4>
      <ul class="entries">{children}</ul>
    </>
  );
}

interface EntryProps extends Pick<ShipsProps, 'onLine'> {
  readonly line: number;
  readonly bad?: boolean;
  readonly children: ComponentChildren;
}

function Entry({ line, bad = false, onLine, children }: EntryProps) {
  return (
    <li class={bad ? 'bad' : ''}>
      <button type="button" class="place" onClick={() => onLine(line)}>
        line {line}
      </button>{' '}
      {children}
    </li>
  );
}
