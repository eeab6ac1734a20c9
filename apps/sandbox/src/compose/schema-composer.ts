import { booleanValue, enumValue, harmsShown, isSequence } from './choice-value.js';
import type { Correction } from './corrections.js';
import { fieldWords } from './field-name.js';
import { mergeNodes, resolveReference, toNode, type SchemaNode } from './json-schema.js';
import type { Material } from './material.js';
import { numberValue } from './number-value.js';
import type { Place } from './place.js';
import { askable, questionFrame } from './question-frame.js';
import { slideParts, slidesOf } from './slide-parts.js';
import { BULLET_NAME, OPTION_NAME, stringValue, type Rewrite } from './string-value.js';

export interface ComposeSource {
  readonly material: Material;
  /** The text as it was given. */
  readonly wholeText: string;
  readonly givens: ReadonlyMap<string, string>;
  readonly rewrite: Rewrite;
  readonly corrections: readonly Correction[];
  /** Whether lists go through the text block by block, as translations and corrections do. */
  readonly isBlockwise: boolean;
}

/** Below this depth only what must be there is written, so that schemas that contain themselves end. */
const DEEP = 7;
const DEEPEST = 40;
const USUAL_ITEMS = 6;
const USUAL_TEXTS = 4;
const BLOCKWISE_ITEMS = 500;
const EDITS = /edit|change|correction|corre[çc]|altera/;
const ENTITIES = /entit|entidade/;

/** Writes a value for a JSON Schema out of a text. `variant` chooses among alternatives: 0 is the most natural choice. */
export class SchemaComposer {
  constructor(
    private readonly root: unknown,
    private readonly source: ComposeSource,
    private readonly variant: number,
  ) {}

  compose(): unknown {
    const { material, wholeText } = this.source;
    return this.value(this.root, {
      name: '', description: '', isItem: false, ordinal: 0, siblings: 1, depth: 0, material, wholeText, correction: undefined, question: undefined, entity: undefined, isWhole: this.source.isBlockwise, isUnique: false,
    });
  }

  private value(schema: unknown, around: Place): unknown {
    const node = this.flat(toNode(schema), around);
    const place = { ...around, description: typeof node.description === 'string' ? node.description : '' };
    if (node.const !== undefined) return node.const;
    if (node.enum) return enumValue(node.enum, place, this.source.givens);
    switch (this.typeOf(node, place)) {
      case 'object':
        return this.object(node, place);
      case 'array':
        return this.array(node, place);
      case 'integer':
      case 'number':
        return numberValue(node, place);
      case 'boolean':
        return booleanValue(place);
      case 'null':
        return null;
      default:
        return stringValue(node, place, this.source.rewrite);
    }
  }

  /** References followed, branches chosen, parts merged. */
  private flat(given: SchemaNode, place: Place): SchemaNode {
    let node = given;
    for (let step = 0; step < DEEPEST && (node.$ref !== undefined || node.allOf || node.anyOf || node.oneOf); step += 1) {
      const { $ref, allOf, anyOf, oneOf, ...rest } = node;
      node = rest;
      if ($ref !== undefined) node = mergeNodes(resolveReference(this.root, $ref), node);
      for (const part of allOf ?? []) node = mergeNodes(node, toNode(part));
      for (const branches of [anyOf, oneOf]) if (branches) node = mergeNodes(node, this.branch(branches, place));
    }
    return node;
  }

  private branch(branches: readonly unknown[], { depth }: Place): SchemaNode {
    const nodes = branches.map(toNode);
    const isPlain = (node: SchemaNode): boolean => node.type === 'null' || node.const !== undefined || (node.type !== 'object' && node.type !== 'array' && node.$ref === undefined);
    const ordered = depth > DEEP
      ? [...nodes.filter(isPlain), ...nodes.filter((node) => !isPlain(node))]
      : [...nodes.filter(({ type }) => type !== 'null'), ...nodes.filter(({ type }) => type === 'null')];
    return ordered[this.variant % ordered.length] ?? {};
  }

  private typeOf(node: SchemaNode, { depth }: Place): string {
    const { type } = node;
    if (typeof type === 'string') return type;
    if (type !== undefined) {
      const types = type.filter((name) => name !== 'null');
      return depth > DEEP && type.includes('null') ? 'null' : (types[this.variant % Math.max(1, types.length)] ?? 'null');
    }
    if (node.properties || node.required) return 'object';
    if (node.items !== undefined || node.prefixItems || node.minItems !== undefined) return 'array';
    return node.minimum !== undefined || node.maximum !== undefined || node.multipleOf !== undefined ? 'number' : 'string';
  }

  private object(node: SchemaNode, place: Place): Record<string, unknown> {
    const { properties = {}, required = [], additionalProperties = {}, minProperties = 0 } = node;
    const inner = { ...place, isItem: false, depth: place.depth + 1 };
    const value: Record<string, unknown> = {};
    for (const [name, schema] of Object.entries(properties)) {
      if (schema === false || (place.depth > DEEP && !required.includes(name))) continue;
      define(value, name, this.value(schema, { ...inner, name: fieldWords(name) }));
    }
    for (const name of required) if (!Object.hasOwn(value, name)) define(value, name, this.value(additionalProperties, { ...inner, name: fieldWords(name) }));
    for (let extra = 1; Object.keys(value).length < minProperties; extra += 1) define(value, `item_${extra}`, this.value(additionalProperties, { ...inner, name: `item_${extra}` }));
    return value;
  }

  private array(node: SchemaNode, place: Place): unknown[] {
    const { prefixItems = [], items = {}, minItems = 0, maxItems = Infinity, uniqueItems = false } = node;
    const item = items === false ? undefined : this.flat(toNode(items), { ...place, depth: place.depth + 1 });
    const harms = item?.enum ? harmsShown(item.enum, place.material.text) : undefined;
    if (harms && harms.length >= minItems) return harms.slice(0, maxItems);
    const wanted = item ? Math.min(maxItems, Math.max(minItems, prefixItems.length, this.count(item, place))) : Math.min(maxItems, prefixItems.length);
    const parts = partsFor(item, wanted, place, this.source.isBlockwise ? 'block' : 'item');
    const isSet = uniqueItems || (item?.type === 'string' && !item.enum && item.const === undefined);
    const list: unknown[] = [];
    const seen = new Set<string>();
    const tries = isSet ? wanted * 3 + 10 : wanted;
    for (let ordinal = 0; ordinal < tries && list.length < wanted; ordinal += 1) {
      const mustVary = uniqueItems || (isSet && list.length < minItems && ordinal >= wanted * 2);
      const material = parts[ordinal % parts.length] ?? place.material;
      const correction = EDITS.test(place.name) ? this.source.corrections[ordinal] : place.correction;
      const entity = ENTITIES.test(place.name) ? place.material.names[ordinal] : place.entity;
      const question = item && isQuestion(item) ? questionFrame(place.material, ordinal) : place.question;
      const inner = { ...place, isItem: true, ordinal, siblings: wanted, depth: place.depth + 1, material, correction, question, entity, isUnique: mustVary };
      const value = this.value(prefixItems[ordinal] ?? items, inner);
      const key = isSet ? JSON.stringify(value) : String(ordinal);
      if (!seen.has(key)) list.push(value);
      seen.add(key);
    }
    return list;
  }

  /** As many items as the request names, or as the text has parts for. */
  private count(item: SchemaNode, { name, depth, material, question }: Place): number {
    const { givens, isBlockwise, corrections } = this.source;
    if (depth > DEEP) return 0;
    const given = Number(givens.get(name.replaceAll(' ', '_')) ?? givens.get(`${name.replaceAll(' ', '_')}_count`) ?? (depth <= 1 ? givens.get('count') : undefined));
    if (question && OPTION_NAME.test(name)) return question.options.length;
    if (isQuestion(item)) return Math.max(1, Math.min(Number.isInteger(given) ? given : USUAL_ITEMS, askable(material).length));
    if (Number.isInteger(given) && given > 0) return given;
    if (material.slide && BULLET_NAME.test(name)) return Math.max(1, material.slide.bullets.length);
    if (isBlockwise && EDITS.test(name)) return corrections.length;
    if (isBlockwise) return Math.min(BLOCKWISE_ITEMS, Math.max(1, material.blocks.length));
    if (ENTITIES.test(name)) return material.names.length;
    if (isComposite(item)) return this.compositeCount(item, material);
    if ((item.type === 'integer' || item.type === 'number') && material.labels.length > 0) return Math.min(USUAL_ITEMS, material.labels.length);
    return Math.max(1, Math.min(USUAL_TEXTS, material.sentences.length));
  }

  private compositeCount(item: SchemaNode, material: Material): number {
    const documents = new Set(material.blocks.map(({ document }) => document)).size;
    if (documents > 1) return documents;
    if (isFramed(item)) return Math.max(1, slideParts(material).length) + 2;
    const natural = material.hasSections ? Math.min(USUAL_ITEMS * 2, material.parts.length) : Math.min(USUAL_ITEMS, Math.ceil(material.sentences.length / 3));
    return Math.max(1, natural);
  }
}

/** Whether items have a kind that tells the first and the last from the others, as slides have. */
const isFramed = ({ properties }: SchemaNode): boolean => Object.values(properties ?? {}).some((property) => isSequence(toNode(property).enum ?? []));

function partsFor(item: SchemaNode | undefined, wanted: number, { material }: Place, by: 'block' | 'item'): readonly Material[] {
  if (!item || (by === 'item' && !isComposite(item))) return [material];
  return isFramed(item) ? slidesOf(material, Math.max(1, wanted)) : material.split(Math.max(1, wanted));
}

/** An item with alternatives to choose among. */
const isQuestion = ({ properties }: SchemaNode): boolean => Object.entries(properties ?? {}).some(([name, schema]) => OPTION_NAME.test(fieldWords(name)) && toNode(schema).type === 'array');
const isComposite = ({ type, properties }: SchemaNode): boolean => type === 'object' || properties !== undefined || (Array.isArray(type) && type.includes('object'));

/** A property named `__proto__` is a property like others. */
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
