import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A sentiment model of a few hundred bytes in the format of the hub: each word has a score for each class, and a text's logits are the mean of its words'
 * (`Gather` → `ReduceMean`). Written as an ONNX protobuf by hand (onnx.proto, IR version 7, operators of version 13).
 */
const CLASSES = ['negative', 'neutral', 'positive'];
const WORDS: Readonly<Record<string, readonly [number, number, number]>> = {
  '[PAD]': [0, 0, 0], '[UNK]': [0, 1, 0], adorei: [-6, 0, 9], 'ótima': [-6, 0, 9], 'péssima': [9, 0, -6], detestei: [9, 0, -6], aula: [0, 2, 0],
};
const FLOAT = 1;
const INT64 = 7;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest < 128 ? rest : (rest % 128) + 128);
    if (rest < 128) return Buffer.from(bytes);
  }
}

const number = (field: number, value: number): Buffer => Buffer.concat([varint(field * 8), varint(value)]);
const bytes = (field: number, content: Buffer | string): Buffer => Buffer.concat([varint(field * 8 + 2), varint(Buffer.byteLength(content)), Buffer.from(content as string)]);
const message = (field: number, ...parts: Buffer[]): Buffer => bytes(field, Buffer.concat(parts));

const dimension = (name: string): Buffer => message(1, bytes(2, name));
const value = (field: number, name: string, type: number, dimensions: readonly string[]): Buffer =>
  message(field, bytes(1, name), message(2, message(1, number(1, type), message(2, ...dimensions.map(dimension)))));
const node = (operator: string, inputs: readonly string[], output: string, ...attributes: Buffer[]): Buffer =>
  message(1, ...inputs.map((input) => bytes(1, input)), bytes(2, output), bytes(4, operator), ...attributes);

function model(): Buffer {
  const rows = Object.values(WORDS);
  const raw = Buffer.from(new Float32Array(rows.flat()).buffer);
  const embedding = message(5, number(1, rows.length), number(1, CLASSES.length), number(2, FLOAT), bytes(8, 'embedding'), bytes(9, raw));
  const axes = message(5, bytes(1, 'axes'), number(8, 1), number(20, ATTRIBUTE_INTS));
  const keepDimensions = message(5, bytes(1, 'keepdims'), number(3, 0), number(20, ATTRIBUTE_INT));
  const graph = message(
    7, node('Gather', ['embedding', 'input_ids'], 'words'), node('ReduceMean', ['words'], 'logits', axes, keepDimensions), bytes(2, 'sentiment'), embedding,
    value(11, 'input_ids', INT64, ['batch', 'sequence']), value(12, 'logits', FLOAT, ['batch', 'classes']),
  );
  return Buffer.concat([number(1, 7), graph, message(8, bytes(1, ''), number(2, 13))]);
}

/** Writes the model as `<folder>/<name>`. `labels`: names of its three classes. */
export async function writeSentimentModel(folder: string, name: string, labels: readonly string[] = CLASSES): Promise<void> {
  const home = join(folder, name);
  const words = Object.keys(WORDS);
  await mkdir(join(home, 'onnx'), { recursive: true });
  const vocab = Object.fromEntries(words.map((word, index) => [word, index]));
  const special = ['[PAD]', '[UNK]'].map((content, id) => ({ id, content, special: true, single_word: false, lstrip: false, rstrip: false, normalized: false }));
  const files = {
    'config.json': { model_type: 'bert', architectures: ['BertForSequenceClassification'], id2label: { ...labels }, hidden_size: 3, num_hidden_layers: 1, num_attention_heads: 1 },
    'tokenizer_config.json': { tokenizer_class: 'BertTokenizer', model_max_length: 512, pad_token: '[PAD]', unk_token: '[UNK]' },
    'tokenizer.json': {
      version: '1.0', truncation: null, padding: null, added_tokens: special, post_processor: null, decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
      normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: false, lowercase: true }, pre_tokenizer: { type: 'BertPreTokenizer' },
      model: { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab },
    },
  };
  await Promise.all([
    ...Object.entries(files).map(([file, content]) => writeFile(join(home, file), JSON.stringify(content))),
    writeFile(join(home, 'onnx', 'model.onnx'), model()),
  ]);
}
