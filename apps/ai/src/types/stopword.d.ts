declare module 'stopword' {
  export const porBr: string[];
  export const eng: string[];
}
