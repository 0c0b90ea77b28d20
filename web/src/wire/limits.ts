// The server's own limits (protocol/limits.hpp), as far as a person should hear of them before it does.
export const kMaxTextBytes = 16 * 1024;
export const kMaxPage = 200;
export const kMaxWatched = 1000;
export const kMinPasswordBytes = 8;
export const kMaxDirectOthers = 7;
export const kMaxFiles = 10;
export const kUploadsPath = '/api/v1/uploads';
export const kFilesPath = '/api/v1/files';
export const kSubprotocol = 'wardroom.v1';
export const kSocketPath = '/api/v1/ws';
