/** Names of the files that say what is built. */

export const isComposeName = (name: string): boolean => /^(?:docker-)?compose(?:[._-][\w.-]+)?\.ya?ml$/.test(name);

export const isBakeName = (name: string): boolean => /^docker-bake(?:\.[\w.-]+)?\.(?:hcl|json)$/.test(name);
