import type { Slide } from '@tecnocursos/contracts';
import { contentBelow, type Canvas } from '../canvas.js';
import { at, box, textBlock, type SlideElement } from '../element.js';
import { contentHeader } from '../slide-parts.js';
import type { SlideScene, SlideToDraw } from '../slide-scene.js';
import type { ThemeColours } from '../themes.js';
import { CELL_LINE, cellPadding, planTable, type TableCell, type TablePlan } from './table-plan.js';

const RADIUS = 14;
const MAX_ROW_GROWTH = 16;

export function tableLayout(slide: Extract<Slide, { kind: 'table' }>, job: SlideToDraw, canvas: Canvas, colours: ThemeColours): SlideScene {
  const header = contentHeader(job, canvas, colours);
  const area = contentBelow(canvas, header.bottom);
  const plan = planTable(slide.rows, slide.header, area);
  const used = plan.rows.reduce((sum, { height }) => sum + height, 0);
  const growth = Math.min(MAX_ROW_GROWTH, (area.height - used) / plan.rows.length);
  const spare = area.height - used - growth * plan.rows.length;
  const table = at(area.x, area.y + Math.max(0, spare) * 0.3, {
    width: area.width, flexDirection: 'column', borderRadius: RADIUS, border: `1px solid ${colours.cardBorder}`, backgroundColor: colours.card, overflow: 'hidden',
  }, plan.rows.map((_, index) => tableRow(plan, index, slide.header, growth, colours)));
  return { background: 'content', elements: [...header.elements, table], truncated: header.truncated || plan.truncated };
}

function tableRow(plan: TablePlan, index: number, hasHeader: boolean, growth: number, colours: ThemeColours): SlideElement {
  const row = plan.rows[index];
  const isHeader = hasHeader && index === 0;
  const striped = (index - (hasHeader ? 1 : 0)) % 2 === 1;
  const last = index === plan.rows.length - 1;
  const style = isHeader
    ? { backgroundColor: colours.tableHeader, color: colours.onTableHeader, fontWeight: 800 }
    : { color: colours.text, fontWeight: 400, ...(striped && { backgroundColor: colours.stripe }) };
  const corners = { borderRadius: `${index === 0 ? RADIUS : 0}px ${index === 0 ? RADIUS : 0}px ${last ? RADIUS : 0}px ${last ? RADIUS : 0}px` };
  const rule = isHeader || last ? {} : { borderBottom: `1px solid ${colours.cardBorder}` };
  return box({ width: '100%', height: (row?.height ?? 0) + growth, alignItems: 'center', ...style, ...corners, ...rule }, row?.cells.map((cell, column) => tableCell(cell, column, plan)) ?? []);
}

function tableCell(cell: TableCell, column: number, { size, columnWidths }: TablePlan): SlideElement {
  const alignItems = cell.numeric ? 'flex-end' : 'flex-start';
  return box({ width: columnWidths[column] ?? 0, flexShrink: 0, paddingLeft: cellPadding(size).x, paddingRight: cellPadding(size).x, justifyContent: alignItems }, [
    textBlock(cell.lines, size, CELL_LINE, { alignItems }),
  ]);
}
