import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { SimulatedRequest } from '../../simulator/vendor-simulator.js';
import { refuse, type AnthropicRefusal } from './anthropic.errors.js';
import type { CountRequest, CreateRequest, ToolUseBlock, WireMessage } from './anthropic.request.js';
import { COUNT_SCHEMA, CREATE_SCHEMA, CREATE_SCHEMA_2023 } from './anthropic.schemas.js';

const ajv = new Ajv2020({ strict: false, logger: false, discriminator: true });
const VERSIONS: ReadonlySet<string> = new Set(['2023-06-01', '2026-10-21']);
const FIRST_VERSION = '2023-06-01';

const isCount = ajv.compile<CountRequest>(COUNT_SCHEMA);
const isCreate = ajv.compile<CreateRequest>(CREATE_SCHEMA);
const isCreateOf2023 = ajv.compile<CreateRequest>(CREATE_SCHEMA_2023);

/** @throws AnthropicRefusal 400 without a version that the vendor knows. */
export function requireVersion({ headers }: SimulatedRequest): string {
  const version = headers['anthropic-version'];
  if (version === undefined) throw refuse('anthropic-version: header is required');
  const text = String(version);
  if (!VERSIONS.has(text)) throw refuse(`anthropic-version: "${text}" is not a valid version; check the documentation for the list of versions`);
  return text;
}

export const requireCreate = (request: SimulatedRequest, version: string): CreateRequest =>
  checked(request, version === FIRST_VERSION ? isCreateOf2023 : isCreate);

export const requireCount = (request: SimulatedRequest): CountRequest => checked(request, isCount);

function checked<Body extends CountRequest>(request: SimulatedRequest, validate: ValidateFunction<Body>): Body {
  const body = request.json();
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refuse('The request body is not valid JSON');
  if (!validate(body)) throw refusalOf(validate.errors);
  checkConversation(body.messages);
  const names = body.tools?.map(({ name }) => name) ?? [];
  if (new Set(names).size < names.length) throw refuse('tools: Tool names must be unique.');
  if (body.tool_choice && names.length === 0) throw refuse('tool_choice: tool_choice may only be specified while providing tools.');
  const wanted = body.tool_choice?.type === 'tool' ? (body.tool_choice.name ?? '') : undefined;
  if (wanted !== undefined && !names.includes(wanted)) throw refuse(`tool_choice.tool: Tool '${wanted}' not found in provided tools`);
  return body;
}

/** Every call of a tool must be answered in the turn after it, and only calls can be answered. */
function checkConversation(messages: readonly WireMessage[]): void {
  let open: readonly string[] = [];
  for (const [index, { role, content }] of messages.entries()) {
    if (role === 'system') continue;
    const results = typeof content === 'string' ? [] : content.flatMap((block) => (block.type === 'tool_result' ? [block.tool_use_id] : []));
    const stray = results.find((id) => !open.includes(id));
    if (stray !== undefined) {
      throw refuse(
        `messages.${index}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray}. ` +
          'Each `tool_result` block must have a corresponding `tool_use` block in the previous message.',
      );
    }
    const missing = open.filter((id) => !results.includes(id));
    if (missing.length > 0) {
      throw refuse(
        `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join(', ')}. ` +
          'Each `tool_use` block must have a corresponding `tool_result` block in the next message.',
      );
    }
    open = typeof content === 'string' ? [] : content.filter((block): block is ToolUseBlock => block.type === 'tool_use').map(({ id }) => id);
  }
  if (open.length > 0) throw refuse(`messages: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(', ')}.`);
}

/** Of alternatives that all fail, the one that was followed deepest was meant. */
function refusalOf(errors: ValidateFunction['errors']): AnthropicRefusal {
  const concrete = (errors ?? []).filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'oneOf');
  const error = concrete.toSorted((left, right) => depthOf(right) - depthOf(left))[0] ?? errors?.[0];
  return refuse(error ? `${placeOf(error)}: ${problemOf(error)}` : 'Invalid request');
}

const depthOf = ({ instancePath }: ErrorObject): number => instancePath.split('/').length;

function placeOf({ keyword, instancePath, params }: ErrorObject): string {
  const path = instancePath.split('/').slice(1);
  const named = keyword === 'required' ? params['missingProperty'] : keyword === 'additionalProperties' ? params['additionalProperty'] : undefined;
  return [...path, ...(typeof named === 'string' ? [named] : [])].join('.') || 'body';
}

function problemOf({ keyword, params, message }: ErrorObject): string {
  switch (keyword) {
    case 'required':
      return 'Field required';
    case 'additionalProperties':
      return 'Extra inputs are not permitted';
    case 'type':
      return `Input should be a valid ${String(params['type'])}`;
    case 'enum':
      return `Input should be ${(params['allowedValues'] as unknown[]).map((value) => `'${String(value)}'`).join(', ')}`;
    case 'minimum':
      return `Input should be greater than or equal to ${String(params['limit'])}`;
    case 'maximum':
      return `Input should be less than or equal to ${String(params['limit'])}`;
    case 'minLength':
      return `String should have at least ${String(params['limit'])} character`;
    case 'minItems':
      return `List should have at least ${String(params['limit'])} item`;
    case 'discriminator':
      return `Input tag '${String(params['tagValue'])}' found using '${String(params['tag'])}' does not match any of the expected tags`;
    case 'pattern':
      return `String should match pattern '${String(params['pattern'])}'`;
    default:
      return message ?? 'Input is not valid';
  }
}
