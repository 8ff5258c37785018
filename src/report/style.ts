/** How parts of a text report are shown; the plain style leaves everything as it is. */
export interface Style {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly info: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const asIs = (text: string): string => text;

export const plainStyle: Style = { error: asIs, warning: asIs, info: asIs, strong: asIs, faint: asIs };
