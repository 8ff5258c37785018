import { lateTools, toolsFirst } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'system-packages-after-source',
  says: 'system packages or global tools are installed after the source came in',
  because:
    'Every edit of the source throws the cached layer away, so each build downloads packages again that have not changed.',
  instead: 'Install packages and tools first, and copy the source below them.',
  category: 'cache',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM python:3.13-slim
WORKDIR /srv/shop
COPY . .
# want: system-packages-after-source at "apt-get install -y --no-install-recommends libpq5=17.6-0+deb13u1" says "apt-get install runs again"
RUN apt-get update && apt-get install -y --no-install-recommends libpq5=17.6-0+deb13u1 && rm -rf /var/lib/apt/lists/*
USER www-data
CMD ["python", "shop.py"]
`,
  good: `FROM python:3.13-slim
WORKDIR /srv/shop
RUN apt-get update && apt-get install -y --no-install-recommends libpq5=17.6-0+deb13u1 && rm -rf /var/lib/apt/lists/*
COPY . .
USER www-data
CMD ["python", "shop.py"]
`,
  *check(build) {
    for (const late of lateTools(build)) {
      const { command, call, source, more, mild } = late;
      const what = source.built || source.path === '.' ? 'the source' : source.path;
      const comes = source.built ? 'what is built of it comes in here' : 'it comes in here';
      let found = finding(command, `${call} runs again after each edit of ${what}`)
        .and(source.step, comes)
        .mendedBy(toolsFirst(build, late));
      for (const other of more) found = found.and(other, 'this runs again, too');
      yield mild ? found.rated({ severity: 'info', preset: 'strict' }) : found;
    }
  },
});
