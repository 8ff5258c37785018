import { type SudoCall, sudoCalls, withoutSudo } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const effect = ({ does, account, command }: SudoCall): string => {
  const name = command.name === undefined || command.name === 'sudo' ? 'the command' : command.name;
  if (does === 'nothing') return `root runs ${name} here with or without sudo`;
  if (does === 'becomes root') return `${name} becomes root's: USER root before it needs no sudo in the image`;
  if (does === 'becomes another') return `${name} runs as ${account}: USER ${account} before it needs no sudo`;
  return `${name} runs through sudo: USER needs none in the image`;
};

export default defineRule({
  id: 'sudo-in-build',
  says: 'the build runs a command through sudo',
  because: 'USER says who runs a command; sudo has to be in the image for it, and lets whoever gets in become root.',
  instead: 'Leave sudo out where root builds; else put USER root before the command and USER back after it.',
  category: 'security',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL3004'],
  bad: `FROM ubuntu:24.04
RUN apt-get update && apt-get install -y sudo
# want: sudo-in-build at "sudo" says "with or without sudo"
RUN sudo mkdir -p /srv/shop
USER ubuntu
`,
  good: `FROM ubuntu:24.04
RUN mkdir -p /srv/shop
USER ubuntu
`,
  *check(build) {
    for (const call of sudoCalls(build)) {
      let found = finding(call, effect(call));
      found = found.mendedBy(withoutSudo(call));
      yield call.does === 'nothing' ? found : found.rated({ severity: 'info', preset: 'strict' });
    }
  },
});
