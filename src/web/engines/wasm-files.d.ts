/** A file that the web build copies beside its scripts: its address. */
declare module "*.wasm?url" {
  const address: string;
  export default address;
}
