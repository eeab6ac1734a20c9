import { createHash } from 'node:crypto';

export interface PdfText {
  text: string;
  /** Points from the left, and from the top to the baseline, of an A4 page. */
  x: number;
  y: number;
  size?: number;
  font?: 'regular' | 'bold' | 'italic' | 'mono';
}

export interface PdfPicture {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Pixels as RGB. */
  pixels: { width: number; height: number; rgb: Uint8Array };
}

export interface PdfPage {
  texts?: readonly PdfText[];
  /** Filled rectangles: left, top, width, height. */
  boxes?: ReadonlyArray<readonly [number, number, number, number]>;
  pictures?: readonly PdfPicture[];
}

export interface PdfOptions {
  title?: string;
  /** RC4, 40 bits (ISO 32000-1, 7.6.3); an empty user password opens for everyone. */
  password?: { user: string; owner: string };
}

const PAGE_HEIGHT = 842;
const FONTS = { regular: 'Helvetica', bold: 'Helvetica-Bold', italic: 'Helvetica-Oblique', mono: 'Courier' } as const;
const FIRST_PAGE = 7;

/** Lines of text at equal distances. */
export function textLines(texts: readonly string[], at: { x: number; y: number; leading?: number } & Pick<PdfText, 'size' | 'font'>): PdfText[] {
  const { x, y, leading = 14, ...look } = at;
  return texts.map((text, index) => ({ text, x, y: y + index * leading, ...look }));
}

/** A PDF 1.4 file with the standard fonts and no compression. */
export function pdfOf(pages: readonly PdfPage[], options: PdfOptions = {}): Buffer {
  const writer = new PdfWriter(options.password);
  const kids = pages.map((_, index) => `${FIRST_PAGE + index * 2} 0 R`).join(' ');
  writer.object(1, '<< /Type /Catalog /Pages 2 0 R >>');
  writer.object(2, `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  Object.values(FONTS).forEach((name, index) => writer.object(3 + index, `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`));
  let nextImage = FIRST_PAGE + pages.length * 2;
  pages.forEach((page, index) => {
    const number = FIRST_PAGE + index * 2;
    const pictures = page.pictures ?? [];
    const images = pictures.map((_, picture) => `/I${picture} ${nextImage + picture} 0 R`).join(' ');
    const fonts = '/regular 3 0 R /bold 4 0 R /italic 5 0 R /mono 6 0 R';
    writer.object(number, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << ${fonts} >> /XObject << ${images} >> >> /Contents ${number + 1} 0 R >>`);
    writer.stream(number + 1, '', Buffer.from(contentOf(page), 'latin1'));
    for (const { pixels } of pictures) {
      const entries = `/Type /XObject /Subtype /Image /Width ${pixels.width} /Height ${pixels.height} /ColorSpace /DeviceRGB /BitsPerComponent 8`;
      writer.stream(nextImage, entries, Buffer.from(pixels.rgb));
      nextImage += 1;
    }
  });
  const title = options.title === undefined ? undefined : writer.title(nextImage, options.title);
  return writer.end(title);
}

/** A PDF whose only page paints one stream, given as stored with its filters. */
export function pdfOfStream(stream: Buffer, filters: string): Buffer {
  const writer = new PdfWriter(undefined);
  writer.object(1, '<< /Type /Catalog /Pages 2 0 R >>');
  writer.object(2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>');
  writer.object(3, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents 4 0 R >>');
  writer.stream(4, `/Filter ${filters}`, stream);
  return writer.end(undefined);
}

function contentOf({ texts = [], boxes = [], pictures = [] }: PdfPage): string {
  return [
    ...boxes.map(([left, top, width, height]) => `${left} ${PAGE_HEIGHT - top - height} ${width} ${height} re f`),
    ...texts.map(({ text, x, y, size = 11, font = 'regular' }) => `BT /${font} ${size} Tf 1 0 0 1 ${x} ${PAGE_HEIGHT - y} Tm (${winAnsi(text)}) Tj ET`),
    ...pictures.map(({ x, y, width, height }, index) => `q ${width} 0 0 ${height} ${x} ${PAGE_HEIGHT - y - height} cm /I${index} Do Q`),
  ].join('\n');
}

const WIN_ANSI: Readonly<Record<string, string>> = { '—': '\x97', '–': '\x96', '•': '\x95', '“': '\x93', '”': '\x94' };

function winAnsi(text: string): string {
  return text.replace(/[—–•“”]/g, (character) => WIN_ANSI[character] ?? '?').replace(/[\\()]/g, '\\$&');
}

const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const FILE_ID = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const PERMISSIONS = -4;

class PdfWriter {
  readonly #chunks: Buffer[] = [Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  readonly #offsets = new Map<number, number>();
  readonly #key: Buffer | undefined;
  readonly #encryption: string;

  constructor(password: { user: string; owner: string } | undefined) {
    if (password === undefined) {
      this.#encryption = '';
      return;
    }
    const owner = rc4(md5(padded(password.owner)).subarray(0, 5), padded(password.user));
    const permissions = Buffer.alloc(4);
    permissions.writeInt32LE(PERMISSIONS);
    this.#key = md5(Buffer.concat([padded(password.user), owner, permissions, FILE_ID])).subarray(0, 5);
    const user = rc4(this.#key, PADDING);
    this.#encryption = ` /Encrypt << /Filter /Standard /V 1 /R 2 /P ${PERMISSIONS} /O <${owner.toString('hex')}> /U <${user.toString('hex')}> >>`;
  }

  object(number: number, body: string): void {
    this.#write(number, Buffer.from(body, 'latin1'));
  }

  stream(number: number, entries: string, bytes: Buffer): void {
    const stored = this.#encrypted(number, bytes);
    this.#write(number, Buffer.concat([Buffer.from(`<< ${entries} /Length ${stored.length} >>\nstream\n`, 'latin1'), stored, Buffer.from('\nendstream')]));
  }

  title(number: number, title: string): number {
    const text = Buffer.from(`\uFEFF${title}`, 'utf16le').swap16();
    this.object(number, `<< /Title <${this.#encrypted(number, text).toString('hex')}> >>`);
    return number;
  }

  end(info: number | undefined): Buffer {
    const start = this.#position();
    const count = Math.max(...this.#offsets.keys()) + 1;
    const rows = Array.from({ length: count - 1 }, (_, index) => `${String(this.#offsets.get(index + 1) ?? 0).padStart(10, '0')} 00000 n \n`);
    const id = FILE_ID.toString('hex');
    const trailer = `/Size ${count} /Root 1 0 R /ID [<${id}> <${id}>]${this.#encryption}${info === undefined ? '' : ` /Info ${info} 0 R`}`;
    this.#chunks.push(Buffer.from(`xref\n0 ${count}\n0000000000 65535 f \n${rows.join('')}trailer\n<< ${trailer} >>\nstartxref\n${start}\n%%EOF\n`));
    return Buffer.concat(this.#chunks);
  }

  #write(number: number, body: Buffer): void {
    this.#offsets.set(number, this.#position());
    this.#chunks.push(Buffer.from(`${number} 0 obj\n`), body, Buffer.from('\nendobj\n'));
  }

  #position(): number {
    return this.#chunks.reduce((sum, { length }) => sum + length, 0);
  }

  #encrypted(number: number, bytes: Buffer): Buffer {
    if (this.#key === undefined) return bytes;
    const salt = Buffer.from([number & 255, (number >> 8) & 255, (number >> 16) & 255, 0, 0]);
    return rc4(md5(Buffer.concat([this.#key, salt])).subarray(0, 10), bytes);
  }
}

function padded(password: string): Buffer {
  return Buffer.concat([Buffer.from(password, 'latin1'), PADDING]).subarray(0, 32);
}

function md5(bytes: Uint8Array): Buffer {
  return createHash('md5').update(bytes).digest();
}

function rc4(key: Uint8Array, bytes: Uint8Array): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number): number => state[index & 255] ?? 0;
  const swap = (one: number, other: number): void => {
    [state[one], state[other]] = [at(other), at(one)];
  };
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  let i = 0;
  let j = 0;
  return Buffer.from(bytes).map((byte) => {
    i = (i + 1) & 255;
    j = (j + at(i)) & 255;
    swap(i, j);
    return byte ^ at(at(i) + at(j));
  }) as Buffer;
}
