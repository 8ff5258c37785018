import { type PythonMismatch, pythonMismatches } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'python-version-mismatch',
  says: 'packages of Python are copied for another version than runs them',
  because:
    'Each Python looks in the folder of its own version alone: the build stops where that is missing, or the program ends with ModuleNotFoundError.',
  instead:
    'Take both stages from one version, as ARG PYTHON=3.13 and FROM python:$PYTHON-slim, and name that in every path.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM python:3.13-slim AS build
RUN python -m venv /opt/env
ENV PATH=/opt/env/bin:$PATH
COPY requirements.txt /tmp/
RUN pip install --no-cache-dir -r /tmp/requirements.txt

FROM python:3.14-slim
WORKDIR /srv/tides
# want: python-version-mismatch at "/opt/env" says "packages of Python 3.13"
COPY --from=build /opt/env /opt/env
COPY tides.py ./
USER www-data
CMD ["/opt/env/bin/python", "tides.py"]
`,
  good: `FROM python:3.14-slim AS build
RUN python -m venv /opt/env
ENV PATH=/opt/env/bin:$PATH
COPY requirements.txt /tmp/
RUN pip install --no-cache-dir -r /tmp/requirements.txt

FROM python:3.14-slim
WORKDIR /srv/tides
COPY --from=build /opt/env /opt/env
COPY tides.py ./
USER www-data
CMD ["/opt/env/bin/python", "tides.py"]
`,
  files: { 'requirements.txt': 'requests==2.32.5\n', 'tides.py': '', '.dockerignore': '.git\n.env*\n' },
  *check(build) {
    for (const mismatch of pythonMismatches(build)) {
      const { root, python, packages, installedBy } = mismatch;
      const found = finding(mismatch, said(mismatch)).and(root.from, `Python ${python} comes from here`);
      yield installedBy === undefined ? found : found.and(installedBy, `Python ${packages} installs them here`);
    }
  },
});

function said({ is, folder, packages, python }: PythonMismatch): string {
  if (is === 'absent') return `the stage has Python ${python}: nothing is at ${folder}, and the build stops`;
  return `packages of Python ${packages} go into an image of Python ${python}, which does not look for them there`;
}
