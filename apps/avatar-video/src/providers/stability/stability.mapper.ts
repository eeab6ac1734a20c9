import type { BackgroundOrder } from '../../ports/background-painter.port.js';

export type StabilityModel = 'core' | 'ultra';

/** Credits a picture. */
export const CREDITS: Readonly<Record<StabilityModel, number>> = { core: 3, ultra: 8 };

const LONGEST_PROMPT = 10_000;
/** Backgrounds stand behind people and letters. */
const STYLE = ', background scene without people, without any text, soft depth of field';
const AVOID = 'text, letters, watermark, logo, people, faces, hands';

/** Form of `POST /v2beta/stable-image/generate/{model}`. */
export function toStability({ prompt, aspect }: BackgroundOrder): FormData {
  const form = new FormData();
  form.append('prompt', prompt.slice(0, LONGEST_PROMPT - STYLE.length) + STYLE);
  form.append('negative_prompt', AVOID);
  form.append('aspect_ratio', aspect);
  form.append('output_format', 'png');
  return form;
}
