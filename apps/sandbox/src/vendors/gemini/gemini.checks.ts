import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { SimulatedRequest } from '../../simulator/vendor-simulator.js';
import { badRequest, refuse, type GeminiRefusal } from './gemini.errors.js';
import { camelNames, type GenerateRequest, type WireContent, type WirePart } from './gemini.request.js';
import { COUNT_SCHEMA, GENERATE_SCHEMA } from './gemini.schemas.js';

const ajv = new Ajv2020({ strict: false, logger: false, verbose: true });
const isGenerate = ajv.compile(GENERATE_SCHEMA);
const isCount = ajv.compile(COUNT_SCHEMA);
const JSON_TYPE = 'application/json';
const WRONG_RESPONSE_TYPE =
  '* GenerateContentRequest.generation_config.response_mime_type: allowed mimetypes are `text/plain`, `application/json`, `application/xml`, `application/yaml` and `text/x.enum`.\n';
const SCHEMA_WITHOUT_JSON = '* GenerateContentRequest.generation_config.response_schema: only allowed when response_mime_type is "application/json"\n';
const RESPONSE_TYPES: readonly (string | undefined)[] = [undefined, 'text/plain', JSON_TYPE, 'text/x.enum'];

/** @throws GeminiRefusal 400 for what the vendor would refuse before a model sees it. */
export function requireGenerate(request: SimulatedRequest, isSigned: boolean): GenerateRequest {
  const body = shaped(request, isGenerate) as unknown as GenerateRequest;
  checkContents(body.contents);
  checkConfig(body);
  if (isSigned) checkSignatures(body.contents);
  return body;
}

/** `contents`, or a whole request to be counted. @throws GeminiRefusal 400 */
export function requireCount(request: SimulatedRequest): GenerateRequest {
  const body = shaped(request, isCount) as { readonly contents?: GenerateRequest['contents']; readonly generateContentRequest?: GenerateRequest };
  if (body.contents && body.generateContentRequest) throw refuse('generate_content_request and contents are mutually exclusive.');
  const counted = body.generateContentRequest ?? { contents: body.contents ?? [] };
  checkContents(counted.contents);
  return counted;
}

function shaped(request: SimulatedRequest, validate: ValidateFunction): object {
  const parsed = request.json();
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw badRequest('Invalid JSON payload received. Unexpected end of string.', '');
  const body = camelNames(parsed) as object;
  if (!validate(body)) throw refusalOf(validate.errors?.[0]);
  return body;
}

function checkContents(contents: readonly WireContent[] | undefined): void {
  if (contents === undefined || contents.length === 0) throw refuse('* GenerateContentRequest.contents: contents is not specified\n');
  for (const [index, { role, parts }] of contents.entries()) {
    if (role !== undefined && role !== 'user' && role !== 'model' && role !== 'function') throw refuse('Please use a valid role: user, model.');
    if (parts === undefined || parts.length === 0) throw refuse(`* GenerateContentRequest.contents[${index}].parts: contents.parts must not be empty.\n`);
    const empty = parts.findIndex((part) => !hasData(part));
    if (empty >= 0) throw refuse(`* GenerateContentRequest.contents[${index}].parts[${empty}].data: required oneof field 'data' must have one initialized field\n`);
  }
  const calls = contents.map(({ parts }) => parts.filter(({ functionCall }) => functionCall).length);
  const results = contents.map(({ parts }) => parts.filter(({ functionResponse }) => functionResponse).length);
  const wrong = calls.findIndex((count, index) => count > 0 && count !== results[index + 1]);
  if (wrong >= 0) throw refuse('Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.');
}

const hasData = ({ text, inlineData, fileData, functionCall, functionResponse }: WirePart): boolean =>
  [text, inlineData, fileData, functionCall, functionResponse].some((data) => data !== undefined);

function checkConfig({ generationConfig: config = {}, tools = [], toolConfig }: GenerateRequest): void {
  const { responseMimeType: type, responseSchema, responseJsonSchema } = config;
  if (!RESPONSE_TYPES.includes(type)) throw refuse(WRONG_RESPONSE_TYPE);
  if (responseSchema && responseJsonSchema) throw refuse('Only one of response_schema and response_json_schema may be set.');
  if ((responseSchema ?? responseJsonSchema) && type !== JSON_TYPE && type !== 'text/x.enum') throw refuse(SCHEMA_WITHOUT_JSON);
  if (config.maxOutputTokens !== undefined && config.maxOutputTokens < 1) throw refuse('max_output_tokens must be positive.');
  const names = tools.flatMap(({ functionDeclarations = [] }) => functionDeclarations.map(({ name }) => name));
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  if (duplicate !== undefined) throw refuse(`Duplicate function declaration found: ${duplicate}`);
  const { mode, allowedFunctionNames = [] } = toolConfig?.functionCallingConfig ?? {};
  if (allowedFunctionNames.length > 0 && mode !== 'ANY' && mode !== 'VALIDATED') {
    throw refuse('Function calling config: allowed_function_names should only be set when the mode is ANY or VALIDATED.');
  }
  const unknown = allowedFunctionNames.find((name) => !names.includes(name));
  if (unknown !== undefined) throw refuse(`allowed_function_names contains a function that is not declared: ${unknown}`);
}

/** In the current turn, which begins with the user's last text, the first call of each step must come back with its signature. */
function checkSignatures(contents: readonly WireContent[]): void {
  const start = contents.findLastIndex(({ role, parts }) => role !== 'model' && parts.some(({ text }) => text !== undefined));
  for (const [offset, { parts }] of contents.slice(start + 1).entries()) {
    const call = parts.find(({ functionCall }) => functionCall);
    if (call?.functionCall && call.thoughtSignature === undefined) {
      throw refuse(
        'Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to ' +
          `degraded model performance. Additional data, function call \`default_api:${call.functionCall.name}\` , position ${start + offset + 2}. ` +
          'Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more details.',
      );
    }
  }
}

function refusalOf(error: ErrorObject | undefined): GeminiRefusal {
  if (!error) return refuse('Request contains an invalid argument.');
  const { keyword, instancePath, params, data } = error;
  const place = instancePath.split('/').slice(1).map(snake).reduce((path, name) => (/^\d+$/.test(name) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`), '');
  if (keyword === 'additionalProperties') {
    const name = String(params['additionalProperty']);
    return badRequest(`Invalid JSON payload received. Unknown name "${name}"${place === '' ? '' : ` at '${place}'`}: Cannot find field.`, place);
  }
  if (keyword === 'required') return refuse(`* GenerateContentRequest.${place}.${snake(String(params['missingProperty']))}: must be specified\n`);
  return badRequest(`Invalid value at '${place}', ${JSON.stringify(data)?.slice(0, 80) ?? ''}`, place);
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
