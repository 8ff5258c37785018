import { checkedCurl, type UncheckedDownload, uncheckedDownloads } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'download-ignores-http-errors',
  says: 'curl stores what the server answers, be it an error',
  because:
    'When the server has a bad day, the build succeeds with its error page in place of the file, and the layer is cached.',
  instead: 'Call curl with -f, which ends it with an error, and -L, which follows to where the file is: curl -fsSL.',
  category: 'reproducibility',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['tally/curl-should-follow-redirects'],
  bad: `FROM debian:12-slim
# want: download-ignores-http-errors says "/srv/rates.json"
RUN curl -sL -o /srv/rates.json https://example.com/rates.json
USER 1000
CMD ["cat", "/srv/rates.json"]
`,
  good: `FROM debian:12-slim
RUN curl -fsSL -o /srv/rates.json https://example.com/rates.json
USER 1000
CMD ["cat", "/srv/rates.json"]
`,
  *check(build) {
    for (const download of uncheckedDownloads(build)) {
      const { noticedBy, stores, certain } = download;
      const found = finding(download, messageOf(download)).mendedBy(checkedCurl(build, download));
      if (stores === 'redirect')
        yield certain ? found : found.rated({ severity: 'info', preset: 'all', confidence: 'possible' });
      else
        yield noticedBy === undefined
          ? found.answering()
          : found.and(noticedBy, 'this stops at it').rated({ severity: 'info', preset: 'strict' }).answering();
    }
  },
});

function messageOf({ file, stores, certain, noticedBy }: UncheckedDownload): string {
  const what = file ?? 'the file';
  if (stores === 'redirect')
    return certain
      ? `this address only says where the file is: ${what} holds nothing of it without -L`
      : `${what} holds nothing of the file once the server has moved it: -L is missing`;
  return noticedBy === undefined
    ? `without -f an error page becomes ${what}, and nothing notices`
    : `without -f an error page becomes ${what}: ${noticedBy.name} stops at it, and says nothing of the server`;
}
