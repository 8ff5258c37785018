/** Commands that ask for a GPU, which no RUN has: NVIDIA's runtime gives devices to containers, not to builds. */

type Words = readonly (string | undefined)[];

/** Calls of Python that look for a device: PyTorch, TensorFlow, JAX, CuPy by their documentation. */
const inPython =
  /torch\.cuda\.(?:is_available|device_count|current_device|get_device_name|get_device_properties|get_device_capability)\s*\(|tf\.config\.(?:experimental\.)?list_physical_devices\s*\(\s*["']GPU|tf\.test\.is_gpu_available\s*\(|cupy\.cuda\.runtime\.getDeviceCount\s*\(/;

/** What in a command asks for a GPU: the program, or the call in the text that Python runs. */
export function gpuQuery(name: string | undefined, words: Words): string | undefined {
  if (name === 'nvidia-smi') return words.some((word) => word === '-h' || word === '--help') ? undefined : name;
  if (name === undefined || !/^python[\d.]*$/.test(name)) return undefined;
  const text = words[words.indexOf('-c') + 1];
  return words.includes('-c') && text !== undefined
    ? inPython.exec(text)?.[0].replace(/\(.*/s, '').trimEnd()
    : undefined;
}

/** It stops with an error without a GPU; the others answer that there is none. */
export const failsWithoutGpu = (query: string): boolean =>
  query === 'nvidia-smi' || /current_device|get_device/.test(query);
