import { type PointlessCommand, pointlessCommands, withoutPointless } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const effects: Readonly<Record<PointlessCommand['kind'], string>> = {
  editor: 'waits for a terminal, which a build has not',
  session: 'opens a session with another machine, which nobody sits at here',
  machine: 'has no machine to act on: a build runs no init system',
  service: 'asks an init system that does not run in a build',
  look: 'shows the build machine at the moment of the build, and no image keeps it',
  kill: 'finds no process: nothing but this RUN runs here',
  mount: 'needs privileges that a build has not, and what it mounts is gone after the RUN',
  network: 'sets up a network that is gone after the RUN',
};

export default defineRule({
  id: 'pointless-command',
  says: 'a RUN does what has no effect on the image',
  because: 'An image holds files: processes, mounts and network settings of a RUN are gone when it ends.',
  instead: 'Leave it out; start programs with CMD or ENTRYPOINT, and what a RUN needs in that RUN.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['hadolint/DL3001'],
  bad: `FROM debian:12-slim
RUN apt-get update && apt-get install -y redis-server && rm -rf /var/lib/apt/lists/*
# want: pointless-command at "service" says "redis-server stops when this RUN ends"
RUN service redis-server start
USER redis
`,
  good: `FROM debian:12-slim
RUN apt-get update && apt-get install -y redis-server && rm -rf /var/lib/apt/lists/*
USER redis
CMD ["redis-server"]
`,
  *check(build) {
    for (const command of pointlessCommands(build)) {
      const { startsInVain, name, kind } = command;
      const found =
        startsInVain === undefined
          ? finding(command, `${name} ${effects[kind]}`).rated({ severity: 'info', preset: 'strict' })
          : finding(command, `${startsInVain} stops when this RUN ends`);
      const mended = found.mendedBy(withoutPointless(build, command));
      yield command.isNamedByHadolint ? mended : mended.answering();
    }
  },
});
