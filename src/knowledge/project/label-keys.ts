/**
 * Keys of labels: https://docs.docker.com/engine/manage-resources/labels/#key-format-recommendations, and the labels
 * that Docker reads itself, https://docs.docker.com/extensions/extensions-sdk/extensions/labels/.
 */

/** What is wrong with a key: it lies in a namespace that Docker keeps for itself, or is not spelled as keys are. */
export type LabelKeyFault = 'reserved' | 'empty' | 'capitals' | 'start' | 'end' | 'characters' | 'repeated';

const reserved = /^(?:com\.docker|io\.docker|org\.dockerproject)\./;

/** Labels of Docker's that images are meant to set. */
const meantForImages = /^com\.docker\.(?:desktop\.extension|extension)\./;

/** Docker's recommendation and hadolint's: lower-case letters, digits, dots, dashes; `_` and `/` are in common use. */
export function labelKeyFault(key: string): LabelKeyFault | undefined {
  if (key === '') return 'empty';
  if (reserved.test(key)) return meantForImages.test(key) ? undefined : 'reserved';
  if (/[^a-z0-9._/-]/i.test(key)) return 'characters';
  if (/[A-Z]/.test(key)) return 'capitals';
  if (!/^[a-z]/.test(key)) return 'start';
  if (!/[a-z0-9]$/.test(key)) return 'end';
  return /\.\.|--/.test(key) ? 'repeated' : undefined;
}
