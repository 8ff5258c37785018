/** Images that AWS Lambda runs. */
import { runtimeInterfaceClients } from '../../knowledge/index.ts';
import type { Stage } from '../build.ts';
import { baseName } from '../files/path.ts';

/**
 * An extension of Lambda is in the image, the Lambda Web Adapter for one, or a runtime interface client starts it.
 * The service runs such an image as an account of its own, whatever USER says.
 */
export function isLambdaFunction({ result }: Stage): boolean {
  if (result.rootfs.under('/opt/extensions').some(({ kind }) => kind === 'addition')) return true;
  const words = [...(result.entrypoint?.words ?? []), ...(result.cmd?.words ?? [])];
  return words.some((word) => word !== undefined && runtimeInterfaceClients.has(baseName(word)));
}
