/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["tensor_bundle"] || ($protobuf.roots["tensor_bundle"] = {});

export const biggan_port = $root.biggan_port = (() => {

    /**
     * Namespace biggan_port.
     * @exports biggan_port
     * @namespace
     */
    const biggan_port = {};

    biggan_port.tf_bundle = (function() {

        /**
         * Namespace tf_bundle.
         * @memberof biggan_port
         * @namespace
         */
        const tf_bundle = {};

        tf_bundle.BundleHeader = (function() {

            /**
             * Properties of a BundleHeader.
             * @typedef {Object} biggan_port.tf_bundle.BundleHeader.$Properties
             * @property {number|null} [numShards] BundleHeader numShards
             * @property {number|null} [endianness] BundleHeader endianness
             * @property {biggan_port.tf_bundle.Version.$Properties|null} [version] BundleHeader version
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BundleHeader.
             * @memberof biggan_port.tf_bundle
             * @interface IBundleHeader
             * @augments biggan_port.tf_bundle.BundleHeader.$Properties
             * @deprecated Use biggan_port.tf_bundle.BundleHeader.$Properties instead.
             */

            /**
             * Shape of a BundleHeader.
             * @typedef {biggan_port.tf_bundle.BundleHeader.$Properties} biggan_port.tf_bundle.BundleHeader.$Shape
             */

            /**
             * Constructs a new BundleHeader.
             * @memberof biggan_port.tf_bundle
             * @classdesc Represents a BundleHeader.
             * @constructor
             * @param {biggan_port.tf_bundle.BundleHeader.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BundleHeader = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BundleHeader numShards.
             * @member {number} numShards
             * @memberof biggan_port.tf_bundle.BundleHeader
             * @instance
             */
            BundleHeader.prototype.numShards = 0;

            /**
             * BundleHeader endianness.
             * @member {number} endianness
             * @memberof biggan_port.tf_bundle.BundleHeader
             * @instance
             */
            BundleHeader.prototype.endianness = 0;

            /**
             * BundleHeader version.
             * @member {biggan_port.tf_bundle.Version.$Properties|null|undefined} version
             * @memberof biggan_port.tf_bundle.BundleHeader
             * @instance
             */
            BundleHeader.prototype.version = null;

            /**
             * Decodes a BundleHeader message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.tf_bundle.BundleHeader
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.tf_bundle.BundleHeader & biggan_port.tf_bundle.BundleHeader.$Shape} BundleHeader
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BundleHeader.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.biggan_port.tf_bundle.BundleHeader();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.numShards = value;
                            else
                                delete message.numShards;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.endianness = value;
                            else
                                delete message.endianness;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.version = $root.biggan_port.tf_bundle.Version.decode(reader, reader.size(), $undefined, _depth + 1, message.version);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return BundleHeader;
        })();

        tf_bundle.Version = (function() {

            /**
             * Properties of a Version.
             * @typedef {Object} biggan_port.tf_bundle.Version.$Properties
             * @property {number|null} [producer] Version producer
             * @property {number|null} [minConsumer] Version minConsumer
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Version.
             * @memberof biggan_port.tf_bundle
             * @interface IVersion
             * @augments biggan_port.tf_bundle.Version.$Properties
             * @deprecated Use biggan_port.tf_bundle.Version.$Properties instead.
             */

            /**
             * Shape of a Version.
             * @typedef {biggan_port.tf_bundle.Version.$Properties} biggan_port.tf_bundle.Version.$Shape
             */

            /**
             * Constructs a new Version.
             * @memberof biggan_port.tf_bundle
             * @classdesc Represents a Version.
             * @constructor
             * @param {biggan_port.tf_bundle.Version.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Version = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Version producer.
             * @member {number} producer
             * @memberof biggan_port.tf_bundle.Version
             * @instance
             */
            Version.prototype.producer = 0;

            /**
             * Version minConsumer.
             * @member {number} minConsumer
             * @memberof biggan_port.tf_bundle.Version
             * @instance
             */
            Version.prototype.minConsumer = 0;

            /**
             * Decodes a Version message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.tf_bundle.Version
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.tf_bundle.Version & biggan_port.tf_bundle.Version.$Shape} Version
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Version.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.biggan_port.tf_bundle.Version();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.producer = value;
                            else
                                delete message.producer;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.minConsumer = value;
                            else
                                delete message.minConsumer;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Version;
        })();

        tf_bundle.BundleEntry = (function() {

            /**
             * Properties of a BundleEntry.
             * @typedef {Object} biggan_port.tf_bundle.BundleEntry.$Properties
             * @property {number|null} [dtype] BundleEntry dtype
             * @property {biggan_port.tf_bundle.Shape.$Properties|null} [shape] BundleEntry shape
             * @property {number|null} [shardId] BundleEntry shardId
             * @property {Long|null} [offset] BundleEntry offset
             * @property {Long|null} [size] BundleEntry size
             * @property {number|null} [crc32c] BundleEntry crc32c
             * @property {Array.<biggan_port.tf_bundle.Slice.$Properties>|null} [slices] BundleEntry slices
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BundleEntry.
             * @memberof biggan_port.tf_bundle
             * @interface IBundleEntry
             * @augments biggan_port.tf_bundle.BundleEntry.$Properties
             * @deprecated Use biggan_port.tf_bundle.BundleEntry.$Properties instead.
             */

            /**
             * Shape of a BundleEntry.
             * @typedef {biggan_port.tf_bundle.BundleEntry.$Properties} biggan_port.tf_bundle.BundleEntry.$Shape
             */

            /**
             * Constructs a new BundleEntry.
             * @memberof biggan_port.tf_bundle
             * @classdesc Represents a BundleEntry.
             * @constructor
             * @param {biggan_port.tf_bundle.BundleEntry.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BundleEntry = function (properties) {
                this.slices = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BundleEntry dtype.
             * @member {number} dtype
             * @memberof biggan_port.tf_bundle.BundleEntry
             * @instance
             */
            BundleEntry.prototype.dtype = 0;

            /**
             * BundleEntry shape.
             * @member {biggan_port.tf_bundle.Shape.$Properties|null|undefined} shape
             * @memberof biggan_port.tf_bundle.BundleEntry
             * @instance
             */
            BundleEntry.prototype.shape = null;

            /**
             * BundleEntry shardId.
             * @member {number} shardId
             * @memberof biggan_port.tf_bundle.BundleEntry
             * @instance
             */
            BundleEntry.prototype.shardId = 0;

            /**
             * BundleEntry offset.
             * @member {Long} offset
             * @memberof biggan_port.tf_bundle.BundleEntry
             * @instance
             */
            BundleEntry.prototype.offset = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * BundleEntry size.
             * @member {Long} size
             * @memberof biggan_port.tf_bundle.BundleEntry
             * @instance
             */
            BundleEntry.prototype.size = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * BundleEntry crc32c.
             * @member {number} crc32c
             * @memberof biggan_port.tf_bundle.BundleEntry
             * @instance
             */
            BundleEntry.prototype.crc32c = 0;

            /**
             * BundleEntry slices.
             * @member {Array.<biggan_port.tf_bundle.Slice.$Properties>} slices
             * @memberof biggan_port.tf_bundle.BundleEntry
             * @instance
             */
            BundleEntry.prototype.slices = $util.emptyArray;

            /**
             * Decodes a BundleEntry message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.tf_bundle.BundleEntry
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.tf_bundle.BundleEntry & biggan_port.tf_bundle.BundleEntry.$Shape} BundleEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BundleEntry.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.biggan_port.tf_bundle.BundleEntry();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.dtype = value;
                            else
                                delete message.dtype;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.shape = $root.biggan_port.tf_bundle.Shape.decode(reader, reader.size(), $undefined, _depth + 1, message.shape);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.shardId = value;
                            else
                                delete message.shardId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.offset = value;
                            else
                                delete message.offset;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.size = value;
                            else
                                delete message.size;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 5)
                                break;
                            if (value = reader.fixed32())
                                message.crc32c = value;
                            else
                                delete message.crc32c;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.slices && message.slices.length))
                                message.slices = [];
                            message.slices.push($root.biggan_port.tf_bundle.Slice.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return BundleEntry;
        })();

        tf_bundle.Shape = (function() {

            /**
             * Properties of a Shape.
             * @typedef {Object} biggan_port.tf_bundle.Shape.$Properties
             * @property {Array.<biggan_port.tf_bundle.Dim.$Properties>|null} [dim] Shape dim
             * @property {boolean|null} [unknownRank] Shape unknownRank
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Shape.
             * @memberof biggan_port.tf_bundle
             * @interface IShape
             * @augments biggan_port.tf_bundle.Shape.$Properties
             * @deprecated Use biggan_port.tf_bundle.Shape.$Properties instead.
             */

            /**
             * Shape of a Shape.
             * @typedef {biggan_port.tf_bundle.Shape.$Properties} biggan_port.tf_bundle.Shape.$Shape
             */

            /**
             * Constructs a new Shape.
             * @memberof biggan_port.tf_bundle
             * @classdesc Represents a Shape.
             * @constructor
             * @param {biggan_port.tf_bundle.Shape.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Shape = function (properties) {
                this.dim = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Shape dim.
             * @member {Array.<biggan_port.tf_bundle.Dim.$Properties>} dim
             * @memberof biggan_port.tf_bundle.Shape
             * @instance
             */
            Shape.prototype.dim = $util.emptyArray;

            /**
             * Shape unknownRank.
             * @member {boolean} unknownRank
             * @memberof biggan_port.tf_bundle.Shape
             * @instance
             */
            Shape.prototype.unknownRank = false;

            /**
             * Decodes a Shape message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.tf_bundle.Shape
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.tf_bundle.Shape & biggan_port.tf_bundle.Shape.$Shape} Shape
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Shape.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.biggan_port.tf_bundle.Shape();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.dim && message.dim.length))
                                message.dim = [];
                            message.dim.push($root.biggan_port.tf_bundle.Dim.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.unknownRank = value;
                            else
                                delete message.unknownRank;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Shape;
        })();

        tf_bundle.Dim = (function() {

            /**
             * Properties of a Dim.
             * @typedef {Object} biggan_port.tf_bundle.Dim.$Properties
             * @property {Long|null} [size] Dim size
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Dim.
             * @memberof biggan_port.tf_bundle
             * @interface IDim
             * @augments biggan_port.tf_bundle.Dim.$Properties
             * @deprecated Use biggan_port.tf_bundle.Dim.$Properties instead.
             */

            /**
             * Shape of a Dim.
             * @typedef {biggan_port.tf_bundle.Dim.$Properties} biggan_port.tf_bundle.Dim.$Shape
             */

            /**
             * Constructs a new Dim.
             * @memberof biggan_port.tf_bundle
             * @classdesc Represents a Dim.
             * @constructor
             * @param {biggan_port.tf_bundle.Dim.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Dim = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Dim size.
             * @member {Long} size
             * @memberof biggan_port.tf_bundle.Dim
             * @instance
             */
            Dim.prototype.size = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Decodes a Dim message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.tf_bundle.Dim
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.tf_bundle.Dim & biggan_port.tf_bundle.Dim.$Shape} Dim
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Dim.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.biggan_port.tf_bundle.Dim();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.size = value;
                            else
                                delete message.size;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Dim;
        })();

        tf_bundle.Slice = (function() {

            /**
             * Properties of a Slice.
             * @typedef {Object} biggan_port.tf_bundle.Slice.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Slice.
             * @memberof biggan_port.tf_bundle
             * @interface ISlice
             * @augments biggan_port.tf_bundle.Slice.$Properties
             * @deprecated Use biggan_port.tf_bundle.Slice.$Properties instead.
             */

            /**
             * Shape of a Slice.
             * @typedef {biggan_port.tf_bundle.Slice.$Properties} biggan_port.tf_bundle.Slice.$Shape
             */

            /**
             * Constructs a new Slice.
             * @memberof biggan_port.tf_bundle
             * @classdesc Represents a Slice.
             * @constructor
             * @param {biggan_port.tf_bundle.Slice.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Slice = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Decodes a Slice message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.tf_bundle.Slice
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.tf_bundle.Slice & biggan_port.tf_bundle.Slice.$Shape} Slice
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Slice.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.biggan_port.tf_bundle.Slice();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Slice;
        })();

        return tf_bundle;
    })();

    return biggan_port;
})();

export {
  $root as default
};
