import { missingAccounts } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'user-not-in-image',
  says: 'an account is named that the image does not have',
  because:
    'No RUN and no container starts as a user who is not there, and BuildKit gives files of an unknown owner to root without a word.',
  instead: 'Make the account in this stage first, name one that the base image has, or write its number.',
  category: 'correctness',
  severity: 'error',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['tally/named-identity-in-passwdless-stage'],
  bad: `FROM alpine:3.22
COPY shop /usr/local/bin/shop
# want: user-not-in-image at "USER web" says "no user web"
USER web
CMD ["shop"]
`,
  good: `FROM alpine:3.22
RUN adduser -S web
COPY shop /usr/local/bin/shop
USER web
CMD ["shop"]
`,
  *check(build) {
    for (const { kind, name, at, stage, hits, hit, also, madeBy, goneBy } of missingAccounts(build)) {
      const more = also.length === 0 ? '' : `, nor at ${also.length} more`;
      let found = finding(at, `the image has no ${kind} ${name} here${more}`);
      if (hits === 'run') found = found.and(hit, 'this cannot run');
      if (hits === 'start') found = found.and(hit, 'the container does not start');
      if (hits === 'copy')
        found = found.and(hit, `what this copies ${kind === 'user' ? 'belongs to root' : 'gets another group'}`);
      if (goneBy !== undefined) found = found.and(goneBy, 'this takes it away');
      const later = madeBy?.step.stage === stage;
      if (madeBy !== undefined)
        found = found.and(madeBy, `${name} is made only ${later ? 'here' : `in stage ${madeBy.step.stage.id}`}`);
      yield hits === 'copy' && kind === 'group' ? found.rated({ severity: 'info' }) : found;
    }
  },
});
