/** What `dflint --help` says around the options. */

const examples = `
Commands (a file of that name is given as ./graph):
  dflint ships [PATH]             what the image will hold
  dflint graph [PATH]             the stages and what flows between them
  dflint rebuild CHANGED...       which steps run again when these files change
  dflint rules [WORD...]          which rules there are
  dflint explain RULE...          what a rule is about, or a code such as DL3008
  dflint config [FILE]            what applies to a file, and where it is said
  dflint init                     write a first configuration
  dflint mcp                      a server for coding assistants
  dflint migrate                  from hadolint's configuration to dflint's
  dflint facts                    what dflint knows of versions and days
  dflint lsp                      the language server, for editors
  dflint completion SHELL         completion for bash, zsh and fish
  dflint lint [PATH...]           what dflint does without a command

Examples:
  dflint                          lint the Dockerfiles of this folder, and below
  dflint Dockerfile api/          lint a file, and all that is in a folder
  dflint --changed=origin/main    lint what this branch changes
  dflint --target prod            judge what the stage prod ships
  dflint --format json > out.json findings for programs
  dflint -f text -f sarif=a.sarif findings for people and for code scanning
  cat Dockerfile | dflint -       lint standard input

Exit status:
  0  nothing at or above --fail-on
  1  findings
  2  wrong usage, or a file that cannot be read`;

/** What a command that takes these options says of itself. */
export interface AboutCommand {
  readonly name: string;
  readonly says: string;
  readonly paths: string;
  readonly notes: string;
}

export const aboutLint: AboutCommand = {
  name: 'dflint',
  says: 'The linter that knows what a Dockerfile really ships.',
  paths:
    'Dockerfiles, compose and bake files for what they build, folders to look for some in (default: .), or - for standard input',
  notes: examples,
};
