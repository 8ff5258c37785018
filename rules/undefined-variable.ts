import { type UndefinedVariable, undefinedInShell, undefinedVariables, variableThatIs } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const hiding = {
  global: 'the ARG before the first FROM is not known in a stage',
  'built-in': 'BuildKit gives it to stages that say ARG',
  below: 'it is declared only below',
  'other-stage': 'it is declared in another stage only',
};

const outcome = ({ name, parameter, stops, own, hidden, similar }: UndefinedVariable): string => {
  if (parameter)
    return `$${name} is read as a variable that nobody can set: ${stops === undefined ? 'nothing comes in its place' : 'the build stops at what is left'}`;
  const hint =
    hidden !== undefined ? `, ${hiding[hidden]}` : similar === undefined ? '' : ` (did you mean ${similar}?)`;
  if (own === 'extends') return `nothing sets ${name} before${hint}: the value has an empty part in its place`;
  if (own === 'default') return `nothing sets ${name} before${hint}: the default is empty`;
  return `nothing sets ${name} here${hint}: ${stops === undefined ? 'it is empty' : 'the build stops'}`;
};

export default defineRule({
  id: 'undefined-variable',
  says: 'an instruction reads a variable that is not set',
  because: 'BuildKit puts nothing in its place and says nothing: paths, owners and versions silently lack a part.',
  instead: 'Declare it in this stage, above: ARG NAME for a build argument, ENV NAME=value for one of the image.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['buildkit/UndefinedVar'],
  bad: `FROM node:22-alpine
ARG APP_DIR=/srv/shop
# want: undefined-variable at "$APP_DRI" says "did you mean APP_DIR?"
WORKDIR $APP_DRI
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
ARG APP_DIR=/srv/shop
WORKDIR $APP_DIR
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const variable of [...undefinedVariables(build), ...undefinedInShell(build)]) {
      const { own, stops, hidden, declared, certain, reader, parameter } = variable;
      let found = finding(variable, outcome(variable)).mendedBy(variableThatIs(build, variable));
      if (declared !== undefined) found = found.and(declared, 'declared here');
      if (stops !== undefined || (parameter && reader === 'USER')) found = found.rated({ severity: 'error' });
      if (!certain) found = found.rated({ confidence: 'likely' });
      const harmless = own === 'extends' || (own === 'default' && hidden !== 'global');
      if (harmless) found = found.rated({ severity: 'info', preset: 'strict' });
      yield stops === 'demanded' || reader === 'EXPOSE' || reader === 'shell' ? found.answering() : found;
    }
  },
});
