declare module "tar-stream/extract" {
  export { extract as default } from "tar-stream";
}
