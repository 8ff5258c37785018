import { credentialLeaks, purposeOf } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'leaked-credentials-file',
  says: 'a file with credentials ends in the image',
  because: 'Whoever can pull the image reads it; deleting it in a later instruction does not take it out of its layer.',
  instead:
    'Give the file to the command that needs it, and to no layer: RUN --mount=type=secret,id=netrc,target=/root/.netrc.',
  category: 'security',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM python:3.13-slim
WORKDIR /srv/shop
# want: leaked-credentials-file at "COPY .netrc /root/.netrc" says "stays in this layer"
COPY .netrc /root/.netrc
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt && rm /root/.netrc
USER 1000
CMD ["python", "shop.py"]
`,
  good: `FROM python:3.13-slim
WORKDIR /srv/shop
COPY requirements.txt ./
RUN --mount=type=secret,id=netrc,target=/root/.netrc pip install --no-cache-dir -r requirements.txt
USER 1000
CMD ["python", "shop.py"]
`,
  *check(build) {
    for (const { target, change, credential, where, kind, trail } of credentialLeaks(build)) {
      if (kind !== 'file' || (credential.kind === 'file' && credential.secrets.length === 0)) continue;
      const known = credential.carries === 'yes';
      const place = where === 'rootfs' ? 'ends in the image' : 'stays in this layer of the image';
      const made = credential.kind === 'made-key';
      const what = made
        ? 'a private key that is made here'
        : known
          ? 'which holds a credential'
          : 'which is there to hold a credential';
      let found = finding(change.step, `${change.path}, ${what}, ${place}`);
      const forDevelopers = purposeOf(target, build.path) === 'development';
      if (made)
        found = found
          .rated({ severity: forDevelopers ? 'info' : 'warning' })
          .advising('Make the key when the container starts, or mount it.');
      for (const [at, message] of trail) found = found.and(at, message);
      found = found.and(target.from, 'this stage is the image that ships');
      const mild = forDevelopers || credential.kind === 'dotenv';
      yield known ? found : found.rated({ severity: mild || change.runs === 'sometimes' ? 'info' : 'warning' });
    }
  },
});
