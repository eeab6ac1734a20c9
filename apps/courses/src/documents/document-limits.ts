const MEGABYTE = 1024 * 1024;

/** What one document may hold and cost; a teacher's longest handout stays far below each of these. */
export const DOCUMENT_LIMITS = {
  pages: 300,
  characters: 400_000,
  images: 200,
  /** Pixels of one picture before it is decoded: 40 megapixels are 160 MB of RGBA. */
  imagePixels: 40_000_000,
  /** Longer side of a picture that is kept, in pixels. */
  imageSide: 1_600,
  /** Bytes of one embedded picture as it is stored. */
  imageBytes: 40 * MEGABYTE,
  /** Pictures with a shorter side are bullets, rules and icons. */
  smallestImageSide: 32,
  zipEntries: 2_000,
  /** Bytes of all entries of a container after inflating. */
  zipBytes: 200 * MEGABYTE,
  /** Inflated by deflated size; honest XML reaches 10 to 30. Looked at from `zipRatioFromBytes` on. */
  zipRatio: 100,
  zipRatioFromBytes: 10 * MEGABYTE,
  xmlPartBytes: 30 * MEGABYTE,
  textFileBytes: 8 * MEGABYTE,
  listLevels: 8,
  warnings: 50,
} as const;

export const ISOLATION_LIMITS = {
  timeoutMs: 30_000,
  heapMb: 512,
  youngHeapMb: 32,
  /** Heap and buffers together; V8's own limit counts the heap alone. */
  memoryMb: 640,
  watchEveryMs: 100,
} as const;
