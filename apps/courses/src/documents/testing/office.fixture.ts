import { zipOf, type ZipPart } from '@tecnocursos/testing';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const NAMESPACES =
  `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${RELATIONSHIPS}" ` +
  'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ' +
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:dc="http://purl.org/dc/elements/1.1/"';

function relationships(entries: ReadonlyArray<readonly [id: string, type: string, target: string]>): string {
  const items = entries.map(([id, type, target]) => `<Relationship Id="${id}" Type="${RELATIONSHIPS}/${type}" Target="${target}"/>`);
  return `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`;
}

function contentTypes(main: string, type: string): string {
  return (
    `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/${main}" ContentType="${type}"/></Types>`
  );
}

export interface DocxParts {
  /** Content of `w:body`. */
  body: string;
  title?: string;
  pictures?: Readonly<Record<string, Uint8Array>>;
  /** Stands between the XML declaration and the root of the document's part. */
  prologue?: string;
  extra?: readonly ZipPart[];
}

export function docxOf({ body, title = '', pictures = {}, prologue = '', extra = [] }: DocxParts): Buffer {
  const media = Object.entries(pictures);
  return zipOf([
    { name: '[Content_Types].xml', content: contentTypes('word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml') },
    { name: '_rels/.rels', content: relationships([['rId1', 'officeDocument', 'word/document.xml']]) },
    { name: 'docProps/core.xml', content: `${XML}<cp:coreProperties xmlns:cp="cp" ${NAMESPACES}><dc:title>${title}</dc:title></cp:coreProperties>` },
    { name: 'word/document.xml', content: `${XML}${prologue}<w:document ${NAMESPACES}><w:body>${body}</w:body></w:document>` },
    { name: 'word/styles.xml', content: stylesPart() },
    { name: 'word/numbering.xml', content: numberingPart() },
    {
      name: 'word/_rels/document.xml.rels',
      content: relationships([['rIdS', 'styles', 'styles.xml'], ['rIdN', 'numbering', 'numbering.xml'], ...media.map(([name]) => [name, 'image', `media/${name}.png`] as const)]),
    },
    ...media.map(([name, content]) => ({ name: `word/media/${name}.png`, content })),
    ...extra,
  ]);
}

function stylesPart(): string {
  const styles = ['Title', 'heading 1', 'heading 2', 'toc 1', 'caption'].map(
    (name) => `<w:style w:type="paragraph" w:styleId="${name.replace(' ', '')}"><w:name w:val="${name}"/></w:style>`,
  );
  return `${XML}<w:styles ${NAMESPACES}>${styles.join('')}</w:styles>`;
}

/** List 1 has bullets, list 2 numbers. */
function numberingPart(): string {
  const level = (index: number, format: string): string => `<w:lvl w:ilvl="${index}"><w:numFmt w:val="${format}"/></w:lvl>`;
  const list = (id: number, format: string): string => `<w:abstractNum w:abstractNumId="${id}">${level(0, format)}${level(1, format)}</w:abstractNum>`;
  const numbers = [1, 2].map((id) => `<w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`);
  return `${XML}<w:numbering ${NAMESPACES}>${list(1, 'bullet')}${list(2, 'decimal')}${numbers.join('')}</w:numbering>`;
}

export function wordParagraph(text: string, style = '', bold = ''): string {
  return `<w:p><w:pPr>${style === '' ? '' : `<w:pStyle w:val="${style}"/>`}</w:pPr><w:r><w:rPr>${bold}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

export function wordItem(text: string, list: 1 | 2, level = 0): string {
  return `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
}

export function wordTable(rows: ReadonlyArray<readonly string[]>): string {
  const row = (cells: readonly string[], isHeader: boolean): string =>
    `<w:tr>${isHeader ? '<w:trPr><w:tblHeader/></w:trPr>' : ''}${cells.map((cell) => `<w:tc>${wordParagraph(cell)}</w:tc>`).join('')}</w:tr>`;
  return `<w:tbl>${rows.map((cells, index) => row(cells, index === 0)).join('')}</w:tbl>`;
}

export function wordPicture(id: string, alt: string): string {
  return (
    `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="P" descr="${alt}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">` +
    `<pic:pic><pic:blipFill><a:blip r:embed="${id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`
  );
}

export interface SlideParts {
  /** Shapes of the slide's tree. */
  shapes: string;
  notes?: string;
  hidden?: true;
  pictures?: Readonly<Record<string, Uint8Array>>;
}

/** @param order numbers of the slides, from 1, as the presentation shows them; as given when absent. */
export function pptxOf(slides: readonly SlideParts[], order: readonly number[] = slides.map((_, index) => index + 1)): Buffer {
  const parts: ZipPart[] = [
    { name: '[Content_Types].xml', content: contentTypes('ppt/presentation.xml', 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml') },
    { name: '_rels/.rels', content: relationships([['rId1', 'officeDocument', 'ppt/presentation.xml']]) },
    {
      name: 'ppt/presentation.xml',
      content: `${XML}<p:presentation ${NAMESPACES}><p:sldIdLst>${order.map((number) => `<p:sldId id="${255 + number}" r:id="rId${number}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    },
    { name: 'ppt/_rels/presentation.xml.rels', content: relationships(slides.map((_, index) => [`rId${index + 1}`, 'slide', `slides/slide${index + 1}.xml`] as const)) },
  ];
  slides.forEach((slide, index) => parts.push(...slideParts(slide, index + 1)));
  return zipOf(parts);
}

function slideParts({ shapes, notes, hidden, pictures = {} }: SlideParts, number: number): ZipPart[] {
  const media = Object.entries(pictures);
  const links = media.map(([name]) => [name, 'image', `../media/${name}-${number}.png`] as const);
  const note = notes === undefined ? [] : [['rIdNotes', 'notesSlide', `../notesSlides/notesSlide${number}.xml`] as const];
  const tree = `<p:cSld><p:spTree>${shapes}</p:spTree></p:cSld>`;
  return [
    { name: `ppt/slides/slide${number}.xml`, content: `${XML}<p:sld ${NAMESPACES}${hidden === true ? ' show="0"' : ''}>${tree}</p:sld>` },
    { name: `ppt/slides/_rels/slide${number}.xml.rels`, content: relationships([...links, ...note]) },
    ...media.map(([name, content]) => ({ name: `ppt/media/${name}-${number}.png`, content })),
    ...(notes === undefined ? [] : [notesPart(notes, number)]),
  ];
}

function notesPart(notes: string, number: number): ZipPart {
  const shapes = slideShape(['Imagem'], 'sldImg') + slideShape(notes.split('\n'), 'body') + slideShape([String(number)], 'sldNum');
  return { name: `ppt/notesSlides/notesSlide${number}.xml`, content: `${XML}<p:notes ${NAMESPACES}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:notes>` };
}

/** @param paragraphs texts, indented by a tab per level. @param placeholder type of the placeholder; a text box when absent. */
export function slideShape(paragraphs: readonly string[], placeholder?: string): string {
  const mark = placeholder === undefined ? '' : `<p:ph type="${placeholder}"/>`;
  const texts = paragraphs.map((text) => {
    const level = /^\t*/.exec(text)?.[0].length ?? 0;
    return `<a:p><a:pPr lvl="${level}"/><a:r><a:t>${text.trim()}</a:t></a:r></a:p>`;
  });
  return `<p:sp><p:nvSpPr><p:cNvPr id="2" name="S"/><p:nvPr>${mark}</p:nvPr></p:nvSpPr><p:txBody>${texts.join('')}</p:txBody></p:sp>`;
}

export function slidePicture(id: string, alt: string): string {
  return `<p:pic><p:nvPicPr><p:cNvPr id="3" name="P" descr="${alt}"/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="${id}"/></p:blipFill></p:pic>`;
}

export function slideTable(rows: ReadonlyArray<readonly string[]>): string {
  const cell = (text: string): string => `<a:tc><a:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></a:txBody></a:tc>`;
  const body = rows.map((cells) => `<a:tr h="1">${cells.map(cell).join('')}</a:tr>`).join('');
  return `<p:graphicFrame><a:graphic><a:graphicData uri="t"><a:tbl><a:tblPr firstRow="1"/>${body}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
}
