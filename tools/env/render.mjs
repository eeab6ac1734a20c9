const HEAD = `# Every variable that the platform reads, with what it is when absent. Nothing here must be set: without credentials the sandbox stands in for a vendor.
# An empty variable counts as absent; names that begin as a provider's do and are not here stop the start.
# Written by "npm run env:generate" from the schemas in *.config.ts and the providers' definitions: change those, not this file.
`;

/** Values that a shell or a dotenv reader would take apart stand in quotes. */
const quoted = (value) => (/[\s#"'$\\<>]/.test(value) ? `'${value}'` : value);

function lines({ name, description, defaultValue, secret, varies }) {
  const comment = `# ${description}${secret ? ' (secret)' : ''}`;
  if (varies) return [comment, `# ${name}=${defaultValue === undefined ? '' : quoted(defaultValue)}`];
  return [comment, `${name}=${secret || defaultValue === undefined ? '' : quoted(defaultValue)}`];
}

export const renderEnvironment = (groups) =>
  [HEAD, ...groups.map(({ title, variables }) => `# ---- ${title} ----\n\n${variables.flatMap(lines).join('\n')}\n`)].join('\n');
