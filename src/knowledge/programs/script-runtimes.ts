/**
 * Programs that run PHP, Ruby, Elixir, Deno and Bun, the images that bring them, and the commands that may do so.
 *
 * Sources: the Dockerfiles of Docker's official images (php has `php-fpm` in its fpm images and `apache2-foreground` in
 * its apache images only), of denoland/deno and oven/bun. None of the images named in `bare` has any of these programs.
 */
import { withoutMirror } from '../images/base-images.ts';
import { installsNoProgram, isInstaller } from '../node/node-runtime.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const bare = words(
  'alpine debian ubuntu busybox golang rust nginx nginxinc/nginx-unprivileged httpd caddy haproxy traefik eclipse-temurin openjdk amazoncorretto amazonlinux redis postgres buildpack-deps bitnami/minideb node python',
);

interface Runtime {
  readonly programs: ReadonlySet<string>;
  readonly images: ReadonlySet<string>;
  /** Words that speak of it. */
  readonly named: RegExp;
}

const runtimes: readonly Runtime[] = [
  {
    programs: words('php php-fpm apache2-foreground'),
    images: words('php composer'),
    named: /php|composer|laravel|symfony/i,
  },
  {
    programs: words('ruby bundle bundler gem irb rackup rails'),
    images: words('ruby jruby rails'),
    named: /ruby|gem|bundle|rails|rbenv|rvm|asdf|mise|puma|passenger/i,
  },
  {
    programs: words('mix elixir iex'),
    images: words('elixir hexpm/elixir'),
    named: /elixir|erlang|\bmix\b|asdf|mise/i,
  },
  { programs: words('deno'), images: words('denoland/deno'), named: /deno|asdf|mise/i },
  { programs: words('bun bunx'), images: words('oven/bun'), named: /bun|npm|pnpm|yarn|asdf|mise/i },
];

/** Only in the variants of its image that are for them. */
const variants: ReadonlyMap<string, RegExp> = new Map([
  ['php-fpm', /fpm/],
  ['apache2-foreground', /apache/],
]);

/** Whether an image is known not to have a program of these languages. */
export function lacksRuntime(program: string, name: string, tag: string | undefined): boolean {
  const runtime = runtimes.find(({ programs }) => programs.has(program));
  if (runtime === undefined) return false;
  const familiar = withoutMirror(name);
  const variant = variants.get(program);
  if (familiar === 'php' && variant !== undefined) return tag !== undefined && !variant.test(tag);
  if (runtime.images.has(familiar)) return false;
  return bare.has(familiar) || runtimes.some(({ images }) => images.has(familiar) && familiar !== 'rails');
}

/** Whether a command may bring that program into an image. */
export function mayBringRuntime(program: string, [name, ...rest]: readonly (string | undefined)[]): boolean {
  if (name === undefined) return true;
  if (installsNoProgram([name, ...rest])) return false;
  if (!isInstaller(name)) return true;
  const named = runtimes.find(({ programs }) => programs.has(program))?.named;
  return rest.some(
    (word) =>
      word === undefined ||
      named?.test(word) === true ||
      /^(?:-r|--requirement|-e|--editable)|\/|\.(?:deb|rpm|apk)$/.test(word),
  );
}
