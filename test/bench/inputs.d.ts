export const lineKinds: readonly string[];
export const stageKinds: readonly string[];
export function inputOf(kind: string, size: number): string;
