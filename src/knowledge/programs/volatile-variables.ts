/**
 * Build arguments whose value is another one for each commit or build, as CI systems and the labels of
 * https://github.com/opencontainers/image-spec/blob/main/annotations.md name them.
 */
const volatile =
  /^(?:[A-Z0-9]+_)*(?:(?:GIT|VCS|SCM|CI|SOURCE|BUILD|APP|HEAD|DOCKER)_)(?:COMMIT|SHA|SHA1|HASH|REF|REV|REVISION|SHORT_SHA|COMMIT_(?:SHA|HASH|ID|REF|SHORT_SHA|TIMESTAMP|DATE))$|^(?:COMMIT|REVISION|SHA|COMMIT_(?:SHA|HASH|ID|REF|SHORT_SHA)|GITHUB_SHA|GITSHA|GITHASH|SHORT_SHA)$|^(?:[A-Z0-9]+_)*BUILD_?(?:DATE|TIME|TIMESTAMP|NUMBER|NUM|ID)$|^(?:BUILDTIME|BUILDDATE|TIMESTAMP|GITHUB_RUN_(?:ID|NUMBER))$/i;

/** Whether an argument of this name changes with each commit or build. */
export const isVolatileVariable = (name: string): boolean => volatile.test(name);

/** Whether it names an address of the running application, which no install asks. */
export const isDeployedAddress = (name: string): boolean =>
  /^(?:[A-Z0-9]+_)*(?:API|APP|SITE|PUBLIC|BACKEND|FRONTEND|WEBSOCKET|WS)_(?:BASE_)?URL$/i.test(name);
