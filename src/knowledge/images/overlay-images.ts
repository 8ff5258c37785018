/**
 * Images that hold nothing but files for the root of another one: https://github.com/tonistiigi/xx,
 * https://github.com/just-containers/s6-overlay, https://github.com/socheatsok78/s6-overlay-distribution.
 */
export const isOverlayImage = (name: string): boolean =>
  /(?:^|\/)(?:tonistiigi\/xx|s6-overlay(?:-[\w-]+)?)$/.test(name);
