export { codecs, packed, RATIO_MAX, type StreamPacking, type UnpackLimits, unpacked } from './stream-codec.ts';
