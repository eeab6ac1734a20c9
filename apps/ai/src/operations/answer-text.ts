import { visibleText } from './clean-text.js';
import type { Findings } from './findings.js';
import { withoutForeignAddresses } from './web-addresses.js';

const DEEPEST = 16;
const FENCE = '```';
/** A sentence of the instructions that is this long does not come into an answer by chance. */
const TELLING_SENTENCE = 40;

/** JSON of an answer; models that know no structured output put it into a fence. @throws SyntaxError */
export function parseAnswer(text: string): unknown {
  const bare = text.trim();
  const isFenced = bare.startsWith(FENCE) && bare.endsWith(FENCE) && bare.includes('\n');
  return JSON.parse(isFenced ? bare.slice(bare.indexOf('\n'), -FENCE.length) : bare);
}

/** The answer with every string made harmless: nothing hidden in it, no address that the material does not have. */
export function cleanAnswer(answer: unknown, knownAddresses: ReadonlySet<string>, findings: Findings): unknown {
  let removed = 0;
  const clean = mapStrings(answer, (text) => {
    const result = withoutForeignAddresses(visibleText(text), knownAddresses);
    removed += result.removed;
    return result.text;
  });
  if (removed > 0) findings.warn(`${removed} web ${removed === 1 ? 'address that is' : 'addresses that are'} not in the document ${removed === 1 ? 'was' : 'were'} taken out of the model's answer.`);
  return clean;
}

/** Whether an answer repeats our instructions, which is what a document that asks for them wants. */
export function repeatsInstructions(answer: unknown, instructions: string): boolean {
  const sentences = instructions.split(/(?<=[.!?:])\s+|\n+/).map((sentence) => sentence.trim().toLowerCase()).filter((sentence) => sentence.length >= TELLING_SENTENCE);
  let repeats = false;
  mapStrings(answer, (text) => {
    const lower = text.toLowerCase();
    repeats ||= sentences.some((sentence) => lower.includes(sentence));
    return text;
  });
  return repeats;
}

/** @throws SyntaxError when it is nested deeper than any answer of ours. */
function mapStrings(value: unknown, change: (text: string) => string, depth = 0): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) throw new SyntaxError('The answer is nested too deeply.');
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change, depth + 1)]));
}
