import { flattenedDirectories, sameNamedSources } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'glob-flattens-directories',
  says: 'a glob takes directories, whose own names are lost',
  because: 'Of a directory COPY takes what is in it: the files of all of them lie mixed at the destination.',
  instead: 'Copy the directory above them, COPY assets /srv/assets/, or write COPY --parents.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM nginxinc/nginx-unprivileged:1.30
# want: glob-flattens-directories at "site/*" says "css, images"
COPY site/* /usr/share/nginx/html/
`,
  good: `FROM nginxinc/nginx-unprivileged:1.30
COPY site /usr/share/nginx/html/
`,
  files: {
    'site/index.html': '<p>Open</p>',
    'site/css/shop.css': 'p {}',
    'site/images/logo.svg': '<svg/>',
    '.dockerignore': '.git',
  },
  *check(build) {
    for (const flattened of flattenedDirectories(build)) {
      const { directories, destination } = flattened;
      const more = directories.length > 3 ? ` and ${directories.length - 3} more` : '';
      const named = `${directories.slice(0, 3).join(', ')}${more}`;
      yield finding(flattened, `of ${named} only what is inside gets to ${destination}`);
    }
    for (const same of sameNamedSources(build)) {
      const { name, destination, folders } = same;
      const of = folders.length === 0 ? 'each folder' : folders.slice(0, 3).join(', ');
      yield finding(same, `${name} of ${of} lands at ${destination}: the last of them stays`);
    }
  },
});
