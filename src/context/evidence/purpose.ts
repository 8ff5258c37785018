/** What a build is for, by the words around it. */
import { dockerfilePurpose, stagePurpose } from '../../knowledge/index.ts';
import type { CallPurpose } from './evidence.ts';

const byWord: readonly (readonly [CallPurpose, RegExp])[] = [
  ['development', /^(?:dev|devel|develop|development|local|debug|watch|storybook)$/],
  ['test', /^(?:tests?|testing|e2e|lint|cypress|playwright)$/],
  ['production', /^(?:prod|production)$/],
];

/** By the name of a service, a bake target, a job or a profile. */
export function namePurpose(name: string): CallPurpose {
  const parts = name.toLowerCase().split(/[^a-z0-9]+/);
  return byWord.find(([, word]) => parts.some((part) => word.test(part)))?.[0] ?? 'unknown';
}

/** By the name of the stage that is built. */
export function targetPurpose(name: string): CallPurpose {
  const purpose = stagePurpose(name);
  return purpose === 'development' || purpose === 'test' ? purpose : namePurpose(name);
}

/** By a file name: `compose.dev.yml`, `docker-compose.override.yml`, `docker-compose.prod.yml`. */
export function filePurpose(name: string): CallPurpose {
  const said = name
    .replace(/\.(?:ya?ml|json|hcl)$/i, '')
    .split(/[._-]/)
    .slice(1);
  if (said.includes('override')) return 'development';
  if (said.some((word) => /^(?:prod|production|prd|release|live|staging|stage|deploy)$/i.test(word)))
    return 'production';
  return dockerfilePurpose(`Dockerfile.${said.join('.')}`) ?? 'unknown';
}

/** The first that says something. */
export const firstPurpose = (purposes: Iterable<CallPurpose>): CallPurpose => {
  for (const purpose of purposes) if (purpose !== 'unknown') return purpose;
  return 'unknown';
};
