/** Wrappers of a zod schema, and what they wrap. */
const inner = ({ def }) => def.innerType ?? (def.type === 'pipe' ? def.in : undefined);

/** What a person would write to get what an absent variable means; undefined when it means nothing. */
export function defaultOf(schema) {
  for (let at = schema; at; at = inner(at)) if (at.def.type === 'default' || at.def.type === 'prefault') return textOf(at.def.defaultValue) || undefined;
  return undefined;
}

const textOf = (value) => (Array.isArray(value) ? value.join(',') : String(value));

function descriptionOf(schema) {
  for (let at = schema; at; at = inner(at)) if (at.meta()?.description) return at.meta().description;
  return '';
}

function choicesOf(schema) {
  for (let at = schema; at; at = inner(at)) if (at.def.type === 'enum') return at.options;
  return [];
}

/** Names whose values open something; an address may carry a password. */
const SECRET = /(?:^|_)(?:SECRET|SECRETS|KEY|KEYS|NKEY_SEED|TOKEN|PASSWORD)$|^(?:SMTP|DATABASE|REDIS)_URL$/;

/** The variables of one schema: `{ name, description, defaultValue, secret, refused }`. `refused`: its own default would stop the start when it is written down. */
export function variablesOfSchema(schema) {
  return Object.entries(schema.shape).map(([name, field]) => {
    const choices = choicesOf(field);
    const description = descriptionOf(field);
    return {
      name, defaultValue: defaultOf(field), refused: defaultOf(field) !== undefined && !field.safeParse(defaultOf(field)).success, secret: SECRET.test(name) && defaultOf(field) === undefined,
      description: choices.length > 0 && !choices.every((choice) => description.includes(choice)) ? `${description}${description && '; '}one of ${choices.join(', ')}` : description,
    };
  });
}
