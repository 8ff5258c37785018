/**
 * Actions of GitHub that are images.
 *
 * Source: "Dockerfile support for GitHub Actions": a container action runs as the default user, root, or else cannot
 * reach GITHUB_WORKSPACE; "Metadata syntax": `runs.using: docker`, `runs.image`.
 */

/** The name of the Dockerfile that an `action.yml` builds. */
export function actionImage(text: string): string | undefined {
  if (!/^[ \t]+using:[ \t]*['"]?docker['"]?[ \t\r]*(?:#|$)/m.test(text)) return undefined;
  return /^[ \t]+image:[ \t]*['"]?(?:[^'"\s]*\/)?([^'"\s/:]+)['"]?[ \t\r]*(?:#|$)/m.exec(text)?.[1];
}
