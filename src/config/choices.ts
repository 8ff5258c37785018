/** What may be chosen, in configurations and on the command line. */

export const presetNames = ['recommended', 'strict', 'hadolint', 'buildkit', 'all'] as const;
export const settingNames = ['off', 'on', 'info', 'warning', 'error'] as const;
export const failOnNames = ['error', 'warning', 'info', 'never'] as const;
export const confidenceNames = ['certain', 'likely', 'possible'] as const;
export const shellcheckNames = ['auto', 'off', 'required'] as const;
