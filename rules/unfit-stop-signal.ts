import { type UnfitSignal, unfitSignals, unknownSignals } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'unfit-stop-signal',
  says: 'the signal to stop does not end the program in good order',
  because: 'When the container stops, requests are cut off and work is lost, or it hangs until it is killed.',
  instead:
    'Leave STOPSIGNAL out, or name the signal at which the program finishes its work: SIGQUIT for nginx, SIGRTMIN+3 for systemd.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['tally/no-ungraceful-stopsignal', 'tally/prefer-nginx-sigquit', 'tally/prefer-systemd-sigrtmin-plus-3'],
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
# want: unfit-stop-signal at "STOPSIGNAL SIGKILL" says "no program can catch SIGKILL"
STOPSIGNAL SIGKILL
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const unknown of unknownSignals(build))
      yield finding(unknown, `there is no signal ${unknown.text}: the build stops`)
        .rated({ severity: 'error' })
        .answering();
    for (const unfit of unfitSignals(build)) {
      const found = finding(unfit, messages[unfit.outcome](unfit));
      if (unfit.outcome === 'drops-requests')
        yield found.rated({ severity: 'info', preset: 'strict' }).answering('tally/prefer-nginx-sigquit');
      else
        yield unfit.outcome === 'goes-on'
          ? found.rated({ confidence: 'likely' }).answering('tally/prefer-systemd-sigrtmin-plus-3')
          : found.answering('tally/no-ungraceful-stopsignal');
    }
  },
});

const messages: Readonly<Record<UnfitSignal['outcome'], (unfit: UnfitSignal) => string>> = {
  killed: () => 'no program can catch SIGKILL: it is gone at once, whatever it was doing',
  frozen: () => 'SIGSTOP only freezes the program: the container hangs until it is killed',
  'drops-requests': ({ program, signal, better }) => `${program} drops its requests at ${signal}, not at ${better}`,
  'goes-on': ({ program, signal, better }) => `${program} does not end at ${signal}, but at ${better}`,
};
