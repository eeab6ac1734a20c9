const PEOPLE = [
  ['amy', 'female'], ['alex', 'male'], ['anita', 'female'], ['daniel', 'male'], ['fiona', 'female'], ['lucia', 'female'], ['marcus', 'male'], ['sofia', 'female'], ['matt', 'male'], ['emma', 'female'],
] as const;
const SUFFIXES = ['seiu0o2gby', 'qcvo4gupoy', 'k8zq2mdw1a', 'p0xw7trn3c', 'v5hj9yle6u', 'b2nf4gsk8o', 'x7cm1qzr5e', 'd3wt6pia9l', 'h9ue2vbo4x', 'm6ky8rjn7s'];
const CREATED_AT = '2026-02-01T09:00:00.000Z';

/** `GET /clips/presenters`. */
export const presentersOf = (baseUrl: string): object[] =>
  PEOPLE.map(([name, gender], index) => {
    const id = `v2_public_${name}@${SUFFIXES[index]}`;
    const address = `${baseUrl}/files/presenters/${name}.png`;
    return {
      presenter_id: id, name, gender, owner_id: 'PUBLIC_D-ID', driver_id: `drv_${SUFFIXES[index]}`, created_at: CREATED_AT, modified_at: CREATED_AT, preview_url: address, talking_preview_url: address,
      thumbnail_url: address, image_url: address, is_streamable: true, is_greenscreen: true, status: 'done',
    };
  });

/** `GET /expressives/avatars`. */
export const avatarsOf = (baseUrl: string): object[] =>
  PEOPLE.map(([name, gender], index) => ({
    id: `public_${name}_${SUFFIXES[index]}`, owner_id: 'PUBLIC_D-ID', name, gender, is_greenscreen: true, thumbnail_url: `${baseUrl}/files/presenters/${name}.png`,
    sentiments: [{ id: `snt_${SUFFIXES[index]}`, sentiment: 'Professional', description: 'calm and clear' }],
  }));
