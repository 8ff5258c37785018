import { gpuQueries } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'gpu-asked-for-in-build',
  says: 'a RUN asks for a GPU, which no build has',
  because:
    'The driver and its devices are given to containers when they start: the RUN fails, or takes it that there is none.',
  instead:
    'Ask when the container starts. For what is compiled here, say the architectures: TORCH_CUDA_ARCH_LIST="8.0 9.0".',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['tally/gpu/no-buildtime-gpu-queries'],
  bad: `FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04
# want: gpu-asked-for-in-build at "nvidia-smi" says "the RUN fails"
RUN nvidia-smi
COPY serve /usr/local/bin/serve
USER 1000
CMD ["serve"]
`,
  good: `FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04
COPY serve /usr/local/bin/serve
USER 1000
CMD ["serve"]
`,
  *check(build) {
    for (const { span, query, fails } of gpuQueries(build)) {
      const what = fails ? 'the RUN fails at it' : 'the answer is always no';
      const found = finding({ span }, `${query} finds no device during a build: ${what}`);
      yield fails ? found : found.rated({ severity: 'warning' });
    }
  },
});
