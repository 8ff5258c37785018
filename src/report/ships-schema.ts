/** The shape of `dflint ships --format json`. */
import { z } from 'zod';
import type { ShipsReport } from './answers.ts';

const line = z.int().min(1).describe('1-based line of the Dockerfile');
const command = z.strictObject({
  setBy: z.enum(['instruction', 'base', 'none', 'unknown']),
  words: z.array(z.string()),
});

export const shipsSchema: z.ZodType<ShipsReport> = z.strictObject({
  version: z.literal(1),
  path: z.string(),
  images: z.array(
    z.strictObject({
      target: z.string().describe('name of the stage, or its number'),
      line,
      base: z.string(),
      baseSize: z.enum(['empty', 'tiny', 'small', 'medium', 'large']).optional(),
      user: z.strictObject({
        identity: z.enum(['root', 'non-root', 'unknown']),
        name: z.string().optional().describe('as the image config has it'),
        setBy: z.enum(['instruction', 'base']),
      }),
      workingDir: z.string().optional().describe('absent when not known'),
      env: z.array(
        z.strictObject({ name: z.string(), value: z.string().optional(), setBy: z.enum(['instruction', 'base']) }),
      ),
      entrypoint: command,
      cmd: command,
      exposedPorts: z.array(z.string()),
      labels: z.array(z.strictObject({ name: z.string(), value: z.string().optional() })),
      volumes: z.array(z.string()),
      stopSignal: z.string().optional(),
      healthcheck: z.union([z.array(z.string()), z.literal('none')]).optional(),
      onbuild: z.array(z.string()).describe('instructions that run in the builds that start from this image'),
      dependencies: z.array(
        z.strictObject({
          path: z.string(),
          manager: z.string(),
          development: z.enum(['yes', 'no', 'unknown']),
          unlinked: z.literal(true).optional().describe('pnpm keeps development packages without links in .pnpm'),
          place: z.enum(['rootfs', 'layer']).describe('layer: development packages that a later layer takes out'),
          line,
        }),
      ),
      caches: z.array(
        z.strictObject({
          manager: z.string(),
          holds: z.string(),
          paths: z.array(z.string()).describe('where it may lie; ~ is the home of the user who runs it'),
          place: z.enum(['rootfs', 'layer']).describe('layer: emptied by a later instruction'),
          line,
        }),
      ),
      secrets: z.array(
        z.strictObject({
          name: z.string(),
          places: z.array(z.enum(['rootfs', 'layer', 'config', 'history', 'provenance'])),
          line,
        }),
      ),
      files: z.array(
        z.strictObject({
          path: z.string(),
          kind: z.enum(['file', 'directory', 'link', 'unknown']),
          presence: z.enum(['present', 'unknown']),
          listed: z.boolean().describe('whether all that stands below it is in this list'),
          line: line.describe('the instruction that brings it'),
          from: line.optional().describe('the instruction with which it came into the build, when that was another'),
        }),
      ),
      unknowns: z.array(z.strictObject({ what: z.string(), why: z.string() })),
    }),
  ),
});
