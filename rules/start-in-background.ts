import { backgroundStarts } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'start-in-background',
  says: 'the container starts a server in the background and ends',
  because: 'A container lives as long as the command that it starts; what that leaves behind is stopped with it.',
  instead: 'Start the server so that it stays in the foreground: nginx -g "daemon off;", pm2-runtime, cron -f.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM debian:13-slim
RUN apt-get update && apt-get install -y --no-install-recommends cron && rm -rf /var/lib/apt/lists/*
COPY tides /etc/cron.d/tides
# want: start-in-background says "cron leaves its work to a process in the background"
CMD ["cron"]
`,
  good: `FROM debian:13-slim
RUN apt-get update && apt-get install -y --no-install-recommends cron && rm -rf /var/lib/apt/lists/*
COPY tides /etc/cron.d/tides
CMD ["cron", "-f"]
`,
  *check(build) {
    for (const { span, target, program, stays } of backgroundStarts(build)) {
      const found = finding({ span }, `${program} leaves its work to a process in the background, and ends`).and(
        target.from,
        'this is the image that ships',
      );
      yield stays === undefined ? found : found.advising(`What stays in the foreground: ${stays}.`);
    }
  },
});
