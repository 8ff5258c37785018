/** Platforms as `--platform` names them, and images that exist for some only. */
import { isDistroless } from './base-images.ts';
import { isOfficialImage } from './official-images.ts';

export interface Platform {
  readonly os: string;
  /** Absent where only a system is named, so that the processor is the builder's. */
  readonly architecture?: string;
  /** `v7`. */
  readonly variant?: string;
}

/** Other names for the same (containerd/platforms, `database.go`). */
const architectures: ReadonlyMap<string, Omit<Platform, 'os'>> = new Map([
  ['x86_64', { architecture: 'amd64' }],
  ['x86-64', { architecture: 'amd64' }],
  ['i386', { architecture: '386' }],
  ['aarch64', { architecture: 'arm64' }],
  ['armhf', { architecture: 'arm', variant: 'v7' }],
  ['armel', { architecture: 'arm', variant: 'v6' }],
]);

const systems: ReadonlySet<string> = new Set(['linux', 'windows', 'darwin', 'freebsd', 'macos']);

/** What `linux/arm/v7`, `arm64` or `windows` says; undefined for what says nothing. */
export function parsePlatform(text: string): Platform | undefined {
  const [first = '', second, third] = text.toLowerCase().split('/');
  if (first === '') return undefined;
  if (second === undefined)
    return systems.has(first)
      ? { os: first }
      : { os: 'linux', ...(architectures.get(first) ?? { architecture: first }) };
  const processor = architectures.get(second) ?? { architecture: second };
  return { os: first, ...processor, ...(third === undefined ? {} : { variant: third }) };
}

/**
 * What BuildKit says of a `--platform` that it cannot read; undefined of one that it can, whether there is such an image or
 * not: of several parts none has to be known (containerd/platforms `Parse`, tried with BuildKit 0.24).
 */
export function platformFault(text: string): 'several' | 'unknown' | undefined {
  const parts = text.toLowerCase().split('/');
  if (text.includes(',')) return 'several';
  if (parts.length > 3 || parts.slice(1).some((part) => !/^[\w.-]+$/.test(part))) return 'unknown';
  const [first = '', second] = parts;
  if (!/^[\w-]+(?:\([\w.+-]*\))?$/.test(first)) return 'unknown';
  const [system = ''] = first.split('(');
  const known = second !== undefined || systemNames.has(system) || architectureNames.has(first);
  return known ? undefined : 'unknown';
}

/** Systems and processors that may stand alone (containerd/platforms `database.go`, of Go's own list). */
const systemNames: ReadonlySet<string> = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux macos nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(
    ' ',
  ),
);

const architectureNames: ReadonlySet<string> = new Set(
  (
    '386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ' +
    'ppc riscv riscv64 s390 s390x sparc sparc64 wasm x86_64 x86-64 i386 aarch64 armhf armel'
  ).split(' '),
);

/** Owners on Docker Hub that hold the official images for one architecture (docker-library/official-images, README). */
const singleArchitecture: ReadonlyMap<string, string> = new Map([
  ['amd64', 'amd64'],
  ['arm32v5', 'arm'],
  ['arm32v6', 'arm'],
  ['arm32v7', 'arm'],
  ['arm64v8', 'arm64'],
  ['i386', '386'],
  ['mips64le', 'mips64le'],
  ['ppc64le', 'ppc64le'],
  ['riscv64', 'riscv64'],
  ['s390x', 's390x'],
]);

/** Official images without a variant for Windows (the files of docker-library/official-images, `library/`). */
const linuxOnly: ReadonlySet<string> = new Set(
  (
    'almalinux alpine amazonlinux archlinux bash buildpack-deps centos composer debian fedora gcc haproxy httpd ' +
    'mariadb memcached mysql nginx node oraclelinux perl php postgres rabbitmq redis rockylinux ruby rust ubuntu ' +
    'varnish wordpress'
  ).split(' '),
);

const linuxFlavour = /(?:^|-)(?:alpine|slim|bookworm|bullseye|buster|stretch|trixie|jammy|noble|focal|bionic)/;

/** The only system or architecture that an image is there for. `name` is the familiar one. */
export function onlyPlatform(name: string, tag: string, os: 'linux' | 'windows' | undefined): Partial<Platform> {
  const [owner = '', image] = name.split('/');
  const architecture = image !== undefined && isOfficialImage(image) ? singleArchitecture.get(owner) : undefined;
  if (architecture !== undefined) return { os: 'linux', architecture };
  if (os === 'windows') return { os };
  const linux =
    linuxOnly.has(name) ||
    isDistroless(name) ||
    name.startsWith('cgr.dev/') ||
    (isOfficialImage(name) && linuxFlavour.test(tag));
  return linux ? { os: 'linux' } : {};
}

/** Whether a text (an instruction) speaks of the platform that something is made for: BuildKit's arguments, those of compilers, emulation. */
export const picksArchitecture = (text: string): boolean => targets.test(text);

const targets =
  /TARGET(?:PLATFORM|ARCH|OS|VARIANT|_)|GOARCH|GOARM|CARGO_BUILD_TARGET|--target[= ]\S*-|rustup target|\bxx-|\bxx\b|cross|qemu|aarch64|arm64|amd64|x86_64|npm_config_(?:arch|cpu)|--cpu\b/i;
