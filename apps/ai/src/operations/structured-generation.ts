import type { Usage } from '@tecnocursos/contracts';
import { ProviderFailure, type AttemptResult } from '@tecnocursos/provider-kit';
import type { z } from 'zod';
import type { ContentPart, Generation, LanguageModel, ModelMessage } from '../ports/language-model.port.js';
import { cleanAnswer, parseAnswer, repeatsInstructions } from './answer-text.js';
import { closedSchema } from './closed-schema.js';
import { Findings } from './findings.js';
import { hasForeignMarkup } from './markup.js';
import { addUsage } from './usage.js';
import { addressesIn } from './web-addresses.js';

/** A prompt and what makes its answer usable. */
export interface StructuredTask<Draft, Value> {
  /** Name of the schema, as vendors want it: `course_outline`. */
  readonly name: string;
  readonly schema: z.ZodType<Draft>;
  readonly instructions: string;
  /** What the instructions speak of. Addresses that do not stand in its texts are taken out of the answer. */
  readonly content: readonly ContentPart[];
  /** Tokens that a usual answer has. */
  readonly answerTokens: number;
  /** The answer may have markup that the material does not have, which `sense` judges; anywhere else it is refused. */
  readonly hasMarkup?: true;
  /** Judges and mends the draft; what cannot be mended goes to `findings.problem`. */
  readonly sense: (draft: Draft, findings: Findings) => Value;
}

/** An answer above this many characters is no answer to any task of ours. */
const LONGEST_ANSWER = 1_000_000;
/** Characters of an invalid answer that the model gets to see again. */
const LONGEST_ECHO = 60_000;
const MOST_PROBLEMS = 12;
/** Room for reasoning, which counts as output. */
const REASONING_TOKENS = 4_000;

export const outputLimit = (answerTokens: number): number => REASONING_TOKENS + 2 * answerTokens;

type Judged<Value> = { readonly value: Value; readonly findings: Findings } | { readonly value?: never; readonly findings: Findings };

/**
 * Asks the model, validates, and lets it repair an invalid answer once.
 * @throws ProviderFailure `malformed` with the usage of both calls; whatever the model's port throws at the first.
 */
export async function generateStructured<Draft, Value>(language: LanguageModel, model: string, task: StructuredTask<Draft, Value>, signal: AbortSignal): Promise<AttemptResult<Value>> {
  const messages: ModelMessage[] = [{ role: 'system', content: task.instructions }, { role: 'user', content: task.content }];
  const ask = (more: readonly ModelMessage[]): Promise<Generation> => language.generate({
    model, messages: [...messages, ...more], maxOutputTokens: outputLimit(task.answerTokens), output: { name: task.name, schema: closedSchema(task.schema) },
  }, { signal });
  const first = await ask([]);
  const judged = judge(task, first, first.usage);
  if (judged.value !== undefined) return served(judged.value, first, first.usage, [...first.warnings, ...judged.findings.warnings]);
  const second = await repaired(() => ask(repairMessages(first, judged.findings)), first, judged.findings);
  const usage = addUsage(first.usage, second.usage);
  const rejudged = judge(task, second, usage);
  if (rejudged.value !== undefined) return served(rejudged.value, second, usage, [...new Set([...first.warnings, ...second.warnings, ...rejudged.findings.warnings])]);
  throw malformed(rejudged.findings, usage, second.model);
}

const served = <Value>(value: Value, { model }: Generation, usage: Usage, warnings: readonly string[]): AttemptResult<Value> => ({ value, usage, model, warnings });

/** What failed while it was being repaired is billed with the first call; the failure is that the answer was unusable. */
async function repaired(ask: () => Promise<Generation>, first: Generation, findings: Findings): Promise<Generation> {
  try {
    return await ask();
  } catch (error) {
    const billed = error instanceof ProviderFailure && error.usage ? addUsage(first.usage, error.usage) : first.usage;
    throw malformed(findings, billed, first.model, error);
  }
}

function malformed(findings: Findings, usage: Usage, model: string, cause?: unknown): ProviderFailure {
  const [problem = 'it is not what was asked for'] = findings.problems;
  return new ProviderFailure('malformed', `The model's answer could not be used: ${problem}`, { usage, model, cause, ofContent: true });
}

function judge<Draft, Value>(task: StructuredTask<Draft, Value>, generation: Generation, billed: Usage): Judged<Value> {
  const findings = new Findings();
  if (generation.finishReason === 'content_filter') throw new ProviderFailure('content_policy', 'The vendor withheld the answer for its content.', { usage: billed, model: generation.model, ofContent: true });
  if (generation.text.length > LONGEST_ANSWER) throw new ProviderFailure('malformed', 'The model\'s answer is far longer than was asked for.', { usage: billed, model: generation.model, ofContent: true });
  if (generation.toolCalls.length > 0) findings.problem('You called a tool. There are no tools; answer with JSON.');
  const draft = draftOf(task, generation, findings);
  if (findings.problems.length > 0 || draft === undefined) return { findings };
  const value = task.sense(draft, findings);
  return findings.problems.length > 0 ? { findings } : { value, findings };
}

function draftOf<Draft, Value>(task: StructuredTask<Draft, Value>, { text, finishReason }: Generation, findings: Findings): Draft | undefined {
  try {
    const material = task.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
    const answer = cleanAnswer(parseAnswer(text), addressesIn(material), findings);
    if (repeatsInstructions(answer, task.instructions)) findings.problem('The answer repeats your instructions. Write about the document.');
    if (!task.hasMarkup && hasForeignMarkup(JSON.stringify(answer), material)) findings.problem('The answer has tags that the document does not have. Write plain text.');
    const parsed = task.schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) findings.problem(`${issue.path.map(String).join('.') || '(answer)'}: ${issue.message}`);
  } catch {
    findings.problem(finishReason === 'length' ? 'The answer was cut off before its end. Write less, so that it is complete.' : 'The answer is not one JSON value.');
  }
  return undefined;
}

function repairMessages({ text }: Generation, { problems }: Findings): ModelMessage[] {
  const listed = problems.slice(0, MOST_PROBLEMS).map((problem) => `- ${problem}`).join('\n');
  const request = `Your answer cannot be used:\n${listed}\nAnswer the first request again. Write the complete JSON and nothing else.`;
  return [{ role: 'assistant', content: text.slice(0, LONGEST_ECHO) || '(empty)' }, { role: 'user', content: [{ type: 'text', text: request }] }];
}
