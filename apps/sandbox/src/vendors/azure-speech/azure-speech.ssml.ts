import { readMarkup, type Markup } from '../../speech/markup.js';
import type { SpeechSegment } from '../../speech/speech-engine.js';
import { AZURE_VOICES, type AzureVoice } from './azure-speech.voices.js';

export class SsmlRefused extends Error {}

export interface AzureSpeechOrder {
  readonly voice: AzureVoice;
  readonly segments: readonly SpeechSegment[];
}

const NAMESPACE = 'http://www.w3.org/2001/10/synthesis';
const ELEMENTS = new Set(['speak', 'voice', 'p', 's', 'break', 'prosody', 'emphasis', 'say-as', 'phoneme', 'sub', 'lang', 'bookmark', 'mstts:express-as', 'mstts:silence', 'mstts:viseme']);
const PROSODY: Readonly<Record<string, RegExp>> = {
  rate: /^([+-]?\d+(\.\d+)?%?|x-slow|slow|medium|fast|x-fast|default)$/,
  pitch: /^([+-]\d+(\.\d+)?(Hz|st|%)|\d+(\.\d+)?Hz|[+-]?\d+(\.\d+)?%|x-low|low|medium|high|x-high|default)$/,
  volume: /^([+-]?\d+(\.\d+)?%?|silent|x-soft|soft|medium|loud|x-loud|default)$/,
};
const BREAK = /^(\d+)(ms|s)$/;
const LONGEST_BREAK_MS = 20_000;
const PARAGRAPH_MS = 600;
const SENTENCE_MS = 250;

/** Reads SSML as the service does. @throws SsmlRefused or MarkupError for what it answers with 400. */
export function readAzureSsml(source: string): AzureSpeechOrder {
  const pieces = readMarkup(source);
  const reader = new Reader();
  pieces.forEach((piece, index) => reader.take(piece, index === 0));
  return reader.finish();
}

class Reader {
  private voice: AzureVoice | undefined;
  private inVoice = false;
  private readonly segments: { text: string; pauseMs: number; speed: number; pitch: number }[] = [];
  private readonly manners: { speed: number; pitch: number }[] = [];
  private alias = '';

  take(piece: Markup, isFirst: boolean): void {
    if (piece.kind === 'text') return this.text(piece.text);
    if (piece.kind === 'close') return this.close(piece.name);
    if (isFirst) this.root(piece.name, piece.attributes);
    if (!ELEMENTS.has(piece.name)) throw new SsmlRefused(`unknown element ${piece.name}`);
    this.open(piece.name, piece.attributes);
    if (piece.isEmpty) this.close(piece.name);
  }

  finish(): AzureSpeechOrder {
    if (!this.voice) throw new SsmlRefused('no voice');
    return { voice: this.voice, segments: this.segments };
  }

  private root(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name !== 'speak' || attributes.version !== '1.0' || attributes.xmlns !== NAMESPACE || !attributes['xml:lang']) throw new SsmlRefused('speak needs version, xmlns and xml:lang');
  }

  private open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'voice') {
      this.voice = AZURE_VOICES.find(({ ShortName }) => ShortName === attributes.name);
      if (!this.voice) throw new SsmlRefused(`no voice ${attributes.name}`);
      this.inVoice = true;
    } else if (name !== 'speak' && !this.inVoice) throw new SsmlRefused(`${name} outside of voice`);
    if (name === 'break') this.pause(breakMs(attributes));
    if (name === 'prosody') this.manners.push(mannerOf(attributes));
    if (name === 'sub') this.alias = attributes.alias ?? '';
  }

  private close(name: string): void {
    if (name === 'voice') this.inVoice = false;
    if (name === 'prosody') this.manners.pop();
    if (name === 'p') this.pause(PARAGRAPH_MS);
    if (name === 's') this.pause(SENTENCE_MS);
    if (name === 'sub') this.alias = '';
  }

  private text(text: string): void {
    if (text.trim() === '') return;
    if (!this.inVoice) throw new SsmlRefused('text outside of voice');
    const said = this.alias === '' ? text : this.alias;
    const manners = this.voice?.isHd === true ? [] : this.manners;
    const speed = manners.reduce((product, manner) => product * manner.speed, 1);
    const pitch = manners.reduce((sum, manner) => sum + manner.pitch, 0);
    const last = this.segments.at(-1);
    if (last && last.pauseMs === 0 && last.speed === speed && last.pitch === pitch) last.text += ` ${said}`;
    else this.segments.push({ text: said, pauseMs: 0, speed, pitch });
  }

  private pause(milliseconds: number): void {
    const last = this.segments.at(-1);
    if (last) last.pauseMs = Math.max(last.pauseMs, milliseconds);
  }
}

function mannerOf(attributes: Readonly<Record<string, string>>): { speed: number; pitch: number } {
  for (const [name, value] of Object.entries(attributes)) if (!(PROSODY[name] ?? /./).test(value)) throw new SsmlRefused(`prosody ${name}=${value}`);
  const semitones = /^([+-]\d+(?:\.\d+)?)st$/.exec(attributes.pitch ?? '');
  return { speed: speedOf(attributes.rate ?? ''), pitch: Math.min(7, Math.max(-12, Number(semitones?.[1] ?? 0))) };
}

function speedOf(rate: string): number {
  const match = /^([+-]?)(\d+(?:\.\d+)?)(%?)$/.exec(rate);
  if (!match) return 1;
  const value = Number(match[2]) / (match[3] === '%' ? 100 : 1);
  const factor = match[1] === '' ? (match[3] === '%' ? 1 + value : value) : 1 + (match[1] === '-' ? -value : value);
  return Math.min(2, Math.max(0.5, factor));
}

function breakMs({ time }: Readonly<Record<string, string>>): number {
  if (time === undefined) return 500;
  const match = BREAK.exec(time);
  if (!match) throw new SsmlRefused(`break ${time}`);
  return Math.min(LONGEST_BREAK_MS, Number(match[1]) * (match[2] === 's' ? 1_000 : 1));
}
