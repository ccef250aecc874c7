/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["onnx"] || ($protobuf.roots["onnx"] = {});

export const biggan_port = $root.biggan_port = (() => {

    /**
     * Namespace biggan_port.
     * @exports biggan_port
     * @namespace
     */
    const biggan_port = {};

    biggan_port.onnx = (function() {

        /**
         * Namespace onnx.
         * @memberof biggan_port
         * @namespace
         */
        const onnx = {};

        onnx.Model = (function() {

            /**
             * Properties of a Model.
             * @typedef {Object} biggan_port.onnx.Model.$Properties
             * @property {number|null} [irVersion] Model irVersion
             * @property {string|null} [producerName] Model producerName
             * @property {string|null} [producerVersion] Model producerVersion
             * @property {number|null} [modelVersion] Model modelVersion
             * @property {string|null} [docString] Model docString
             * @property {Array.<biggan_port.onnx.OperatorSet.$Properties>|null} [opsetImport] Model opsetImport
             * @property {Array.<biggan_port.onnx.StringEntry.$Properties>|null} [metadataProps] Model metadataProps
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Model.
             * @memberof biggan_port.onnx
             * @interface IModel
             * @augments biggan_port.onnx.Model.$Properties
             * @deprecated Use biggan_port.onnx.Model.$Properties instead.
             */

            /**
             * Shape of a Model.
             * @typedef {biggan_port.onnx.Model.$Properties} biggan_port.onnx.Model.$Shape
             */

            /**
             * Constructs a new Model.
             * @memberof biggan_port.onnx
             * @classdesc Represents a Model.
             * @constructor
             * @param {biggan_port.onnx.Model.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Model = function (properties) {
                this.opsetImport = [];
                this.metadataProps = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Model irVersion.
             * @member {number} irVersion
             * @memberof biggan_port.onnx.Model
             * @instance
             */
            Model.prototype.irVersion = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Model producerName.
             * @member {string} producerName
             * @memberof biggan_port.onnx.Model
             * @instance
             */
            Model.prototype.producerName = "";

            /**
             * Model producerVersion.
             * @member {string} producerVersion
             * @memberof biggan_port.onnx.Model
             * @instance
             */
            Model.prototype.producerVersion = "";

            /**
             * Model modelVersion.
             * @member {number} modelVersion
             * @memberof biggan_port.onnx.Model
             * @instance
             */
            Model.prototype.modelVersion = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Model docString.
             * @member {string} docString
             * @memberof biggan_port.onnx.Model
             * @instance
             */
            Model.prototype.docString = "";

            /**
             * Model opsetImport.
             * @member {Array.<biggan_port.onnx.OperatorSet.$Properties>} opsetImport
             * @memberof biggan_port.onnx.Model
             * @instance
             */
            Model.prototype.opsetImport = $util.emptyArray;

            /**
             * Model metadataProps.
             * @member {Array.<biggan_port.onnx.StringEntry.$Properties>} metadataProps
             * @memberof biggan_port.onnx.Model
             * @instance
             */
            Model.prototype.metadataProps = $util.emptyArray;

            /**
             * Encodes the specified Model message. Does not implicitly {@link biggan_port.onnx.Model.verify|verify} messages.
             * @function encode
             * @memberof biggan_port.onnx.Model
             * @static
             * @param {biggan_port.onnx.Model.$Properties} message Model message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Model.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.irVersion != null && $Object.hasOwnProperty.call(message, "irVersion") && (typeof message.irVersion === "object" ? message.irVersion.low || message.irVersion.high : message.irVersion !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.irVersion);
                if (message.producerName != null && $Object.hasOwnProperty.call(message, "producerName") && message.producerName !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.producerName);
                if (message.producerVersion != null && $Object.hasOwnProperty.call(message, "producerVersion") && message.producerVersion !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.producerVersion);
                if (message.modelVersion != null && $Object.hasOwnProperty.call(message, "modelVersion") && (typeof message.modelVersion === "object" ? message.modelVersion.low || message.modelVersion.high : message.modelVersion !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).int64(message.modelVersion);
                if (message.docString != null && $Object.hasOwnProperty.call(message, "docString") && message.docString !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.docString);
                if (message.opsetImport != null && message.opsetImport.length)
                    for (let i = 0; i < message.opsetImport.length; ++i)
                        $root.biggan_port.onnx.OperatorSet.encode(message.opsetImport[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.metadataProps != null && message.metadataProps.length)
                    for (let i = 0; i < message.metadataProps.length; ++i)
                        $root.biggan_port.onnx.StringEntry.encode(message.metadataProps[i], writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Model message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.onnx.Model
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.onnx.Model & biggan_port.onnx.Model.$Shape} Model
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Model.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.onnx.Model();
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
                                message.irVersion = value;
                            else
                                delete message.irVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.producerName = value;
                            else
                                delete message.producerName;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.producerVersion = value;
                            else
                                delete message.producerVersion;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.modelVersion = value;
                            else
                                delete message.modelVersion;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.docString = value;
                            else
                                delete message.docString;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.opsetImport && message.opsetImport.length))
                                message.opsetImport = [];
                            message.opsetImport.push($root.biggan_port.onnx.OperatorSet.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            if (!(message.metadataProps && message.metadataProps.length))
                                message.metadataProps = [];
                            message.metadataProps.push($root.biggan_port.onnx.StringEntry.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return Model;
        })();

        onnx.OperatorSet = (function() {

            /**
             * Properties of an OperatorSet.
             * @typedef {Object} biggan_port.onnx.OperatorSet.$Properties
             * @property {string|null} [domain] OperatorSet domain
             * @property {number|null} [version] OperatorSet version
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OperatorSet.
             * @memberof biggan_port.onnx
             * @interface IOperatorSet
             * @augments biggan_port.onnx.OperatorSet.$Properties
             * @deprecated Use biggan_port.onnx.OperatorSet.$Properties instead.
             */

            /**
             * Shape of an OperatorSet.
             * @typedef {biggan_port.onnx.OperatorSet.$Properties} biggan_port.onnx.OperatorSet.$Shape
             */

            /**
             * Constructs a new OperatorSet.
             * @memberof biggan_port.onnx
             * @classdesc Represents an OperatorSet.
             * @constructor
             * @param {biggan_port.onnx.OperatorSet.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OperatorSet = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OperatorSet domain.
             * @member {string} domain
             * @memberof biggan_port.onnx.OperatorSet
             * @instance
             */
            OperatorSet.prototype.domain = "";

            /**
             * OperatorSet version.
             * @member {number} version
             * @memberof biggan_port.onnx.OperatorSet
             * @instance
             */
            OperatorSet.prototype.version = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Encodes the specified OperatorSet message. Does not implicitly {@link biggan_port.onnx.OperatorSet.verify|verify} messages.
             * @function encode
             * @memberof biggan_port.onnx.OperatorSet
             * @static
             * @param {biggan_port.onnx.OperatorSet.$Properties} message OperatorSet message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OperatorSet.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.domain);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && (typeof message.version === "object" ? message.version.low || message.version.high : message.version !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).int64(message.version);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OperatorSet message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.onnx.OperatorSet
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.onnx.OperatorSet & biggan_port.onnx.OperatorSet.$Shape} OperatorSet
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OperatorSet.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.onnx.OperatorSet();
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
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.domain = value;
                            else
                                delete message.domain;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.version = value;
                            else
                                delete message.version;
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

            return OperatorSet;
        })();

        onnx.StringEntry = (function() {

            /**
             * Properties of a StringEntry.
             * @typedef {Object} biggan_port.onnx.StringEntry.$Properties
             * @property {string|null} [key] StringEntry key
             * @property {string|null} [value] StringEntry value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StringEntry.
             * @memberof biggan_port.onnx
             * @interface IStringEntry
             * @augments biggan_port.onnx.StringEntry.$Properties
             * @deprecated Use biggan_port.onnx.StringEntry.$Properties instead.
             */

            /**
             * Shape of a StringEntry.
             * @typedef {biggan_port.onnx.StringEntry.$Properties} biggan_port.onnx.StringEntry.$Shape
             */

            /**
             * Constructs a new StringEntry.
             * @memberof biggan_port.onnx
             * @classdesc Represents a StringEntry.
             * @constructor
             * @param {biggan_port.onnx.StringEntry.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StringEntry = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StringEntry key.
             * @member {string} key
             * @memberof biggan_port.onnx.StringEntry
             * @instance
             */
            StringEntry.prototype.key = "";

            /**
             * StringEntry value.
             * @member {string} value
             * @memberof biggan_port.onnx.StringEntry
             * @instance
             */
            StringEntry.prototype.value = "";

            /**
             * Encodes the specified StringEntry message. Does not implicitly {@link biggan_port.onnx.StringEntry.verify|verify} messages.
             * @function encode
             * @memberof biggan_port.onnx.StringEntry
             * @static
             * @param {biggan_port.onnx.StringEntry.$Properties} message StringEntry message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StringEntry.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.key);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.value);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StringEntry message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.onnx.StringEntry
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.onnx.StringEntry & biggan_port.onnx.StringEntry.$Shape} StringEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StringEntry.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.onnx.StringEntry();
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
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.key = value;
                            else
                                delete message.key;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.value = value;
                            else
                                delete message.value;
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

            return StringEntry;
        })();

        onnx.Graph = (function() {

            /**
             * Properties of a Graph.
             * @typedef {Object} biggan_port.onnx.Graph.$Properties
             * @property {Array.<biggan_port.onnx.Node.$Properties>|null} [node] Graph node
             * @property {string|null} [name] Graph name
             * @property {string|null} [docString] Graph docString
             * @property {Array.<biggan_port.onnx.ValueInfo.$Properties>|null} [input] Graph input
             * @property {Array.<biggan_port.onnx.ValueInfo.$Properties>|null} [output] Graph output
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Graph.
             * @memberof biggan_port.onnx
             * @interface IGraph
             * @augments biggan_port.onnx.Graph.$Properties
             * @deprecated Use biggan_port.onnx.Graph.$Properties instead.
             */

            /**
             * Shape of a Graph.
             * @typedef {{
             *   node?: Array.<biggan_port.onnx.Node.$Shape>|null;
             *   name?: string|null;
             *   docString?: string|null;
             *   input?: Array.<biggan_port.onnx.ValueInfo.$Shape>|null;
             *   output?: Array.<biggan_port.onnx.ValueInfo.$Shape>|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} biggan_port.onnx.Graph.$Shape
             */

            /**
             * Constructs a new Graph.
             * @memberof biggan_port.onnx
             * @classdesc Represents a Graph.
             * @constructor
             * @param {biggan_port.onnx.Graph.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Graph = function (properties) {
                this.node = [];
                this.input = [];
                this.output = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Graph node.
             * @member {Array.<biggan_port.onnx.Node.$Properties>} node
             * @memberof biggan_port.onnx.Graph
             * @instance
             */
            Graph.prototype.node = $util.emptyArray;

            /**
             * Graph name.
             * @member {string} name
             * @memberof biggan_port.onnx.Graph
             * @instance
             */
            Graph.prototype.name = "";

            /**
             * Graph docString.
             * @member {string} docString
             * @memberof biggan_port.onnx.Graph
             * @instance
             */
            Graph.prototype.docString = "";

            /**
             * Graph input.
             * @member {Array.<biggan_port.onnx.ValueInfo.$Properties>} input
             * @memberof biggan_port.onnx.Graph
             * @instance
             */
            Graph.prototype.input = $util.emptyArray;

            /**
             * Graph output.
             * @member {Array.<biggan_port.onnx.ValueInfo.$Properties>} output
             * @memberof biggan_port.onnx.Graph
             * @instance
             */
            Graph.prototype.output = $util.emptyArray;

            /**
             * Encodes the specified Graph message. Does not implicitly {@link biggan_port.onnx.Graph.verify|verify} messages.
             * @function encode
             * @memberof biggan_port.onnx.Graph
             * @static
             * @param {biggan_port.onnx.Graph.$Properties} message Graph message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Graph.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.node != null && message.node.length)
                    for (let i = 0; i < message.node.length; ++i)
                        $root.biggan_port.onnx.Node.encode(message.node[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.docString != null && $Object.hasOwnProperty.call(message, "docString") && message.docString !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.docString);
                if (message.input != null && message.input.length)
                    for (let i = 0; i < message.input.length; ++i)
                        $root.biggan_port.onnx.ValueInfo.encode(message.input[i], writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.output != null && message.output.length)
                    for (let i = 0; i < message.output.length; ++i)
                        $root.biggan_port.onnx.ValueInfo.encode(message.output[i], writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Graph message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.onnx.Graph
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.onnx.Graph & biggan_port.onnx.Graph.$Shape} Graph
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Graph.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.onnx.Graph();
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
                            if (wireType !== 2)
                                break;
                            if (!(message.node && message.node.length))
                                message.node = [];
                            message.node.push($root.biggan_port.onnx.Node.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.docString = value;
                            else
                                delete message.docString;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if (!(message.input && message.input.length))
                                message.input = [];
                            message.input.push($root.biggan_port.onnx.ValueInfo.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if (!(message.output && message.output.length))
                                message.output = [];
                            message.output.push($root.biggan_port.onnx.ValueInfo.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return Graph;
        })();

        onnx.Node = (function() {

            /**
             * Properties of a Node.
             * @typedef {Object} biggan_port.onnx.Node.$Properties
             * @property {Array.<string>|null} [input] Node input
             * @property {Array.<string>|null} [output] Node output
             * @property {string|null} [name] Node name
             * @property {string|null} [opType] Node opType
             * @property {Array.<biggan_port.onnx.Attribute.$Properties>|null} [attribute] Node attribute
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Node.
             * @memberof biggan_port.onnx
             * @interface INode
             * @augments biggan_port.onnx.Node.$Properties
             * @deprecated Use biggan_port.onnx.Node.$Properties instead.
             */

            /**
             * Shape of a Node.
             * @typedef {biggan_port.onnx.Node.$Properties} biggan_port.onnx.Node.$Shape
             */

            /**
             * Constructs a new Node.
             * @memberof biggan_port.onnx
             * @classdesc Represents a Node.
             * @constructor
             * @param {biggan_port.onnx.Node.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Node = function (properties) {
                this.input = [];
                this.output = [];
                this.attribute = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Node input.
             * @member {Array.<string>} input
             * @memberof biggan_port.onnx.Node
             * @instance
             */
            Node.prototype.input = $util.emptyArray;

            /**
             * Node output.
             * @member {Array.<string>} output
             * @memberof biggan_port.onnx.Node
             * @instance
             */
            Node.prototype.output = $util.emptyArray;

            /**
             * Node name.
             * @member {string} name
             * @memberof biggan_port.onnx.Node
             * @instance
             */
            Node.prototype.name = "";

            /**
             * Node opType.
             * @member {string} opType
             * @memberof biggan_port.onnx.Node
             * @instance
             */
            Node.prototype.opType = "";

            /**
             * Node attribute.
             * @member {Array.<biggan_port.onnx.Attribute.$Properties>} attribute
             * @memberof biggan_port.onnx.Node
             * @instance
             */
            Node.prototype.attribute = $util.emptyArray;

            /**
             * Encodes the specified Node message. Does not implicitly {@link biggan_port.onnx.Node.verify|verify} messages.
             * @function encode
             * @memberof biggan_port.onnx.Node
             * @static
             * @param {biggan_port.onnx.Node.$Properties} message Node message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Node.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.input != null && message.input.length)
                    for (let i = 0; i < message.input.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.input[i]);
                if (message.output != null && message.output.length)
                    for (let i = 0; i < message.output.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.output[i]);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                if (message.opType != null && $Object.hasOwnProperty.call(message, "opType") && message.opType !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.opType);
                if (message.attribute != null && message.attribute.length)
                    for (let i = 0; i < message.attribute.length; ++i)
                        $root.biggan_port.onnx.Attribute.encode(message.attribute[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Node message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.onnx.Node
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.onnx.Node & biggan_port.onnx.Node.$Shape} Node
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Node.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.onnx.Node();
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
                            if (wireType !== 2)
                                break;
                            if (!(message.input && message.input.length))
                                message.input = [];
                            message.input.push(reader.stringVerify());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.output && message.output.length))
                                message.output = [];
                            message.output.push(reader.stringVerify());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.opType = value;
                            else
                                delete message.opType;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.attribute && message.attribute.length))
                                message.attribute = [];
                            message.attribute.push($root.biggan_port.onnx.Attribute.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return Node;
        })();

        onnx.Attribute = (function() {

            /**
             * Properties of an Attribute.
             * @typedef {Object} biggan_port.onnx.Attribute.$Properties
             * @property {string|null} [name] Attribute name
             * @property {number|null} [f] Attribute f
             * @property {number|null} [i] Attribute i
             * @property {Uint8Array|null} [s] Attribute s
             * @property {Array.<number>|null} [ints] Attribute ints
             * @property {number|null} [type] Attribute type
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Attribute.
             * @memberof biggan_port.onnx
             * @interface IAttribute
             * @augments biggan_port.onnx.Attribute.$Properties
             * @deprecated Use biggan_port.onnx.Attribute.$Properties instead.
             */

            /**
             * Shape of an Attribute.
             * @typedef {biggan_port.onnx.Attribute.$Properties} biggan_port.onnx.Attribute.$Shape
             */

            /**
             * Constructs a new Attribute.
             * @memberof biggan_port.onnx
             * @classdesc Represents an Attribute.
             * @constructor
             * @param {biggan_port.onnx.Attribute.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Attribute = function (properties) {
                this.ints = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Attribute name.
             * @member {string} name
             * @memberof biggan_port.onnx.Attribute
             * @instance
             */
            Attribute.prototype.name = "";

            /**
             * Attribute f.
             * @member {number} f
             * @memberof biggan_port.onnx.Attribute
             * @instance
             */
            Attribute.prototype.f = 0;

            /**
             * Attribute i.
             * @member {number} i
             * @memberof biggan_port.onnx.Attribute
             * @instance
             */
            Attribute.prototype.i = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Attribute s.
             * @member {Uint8Array} s
             * @memberof biggan_port.onnx.Attribute
             * @instance
             */
            Attribute.prototype.s = $util.newBuffer([]);

            /**
             * Attribute ints.
             * @member {Array.<number>} ints
             * @memberof biggan_port.onnx.Attribute
             * @instance
             */
            Attribute.prototype.ints = $util.emptyArray;

            /**
             * Attribute type.
             * @member {number} type
             * @memberof biggan_port.onnx.Attribute
             * @instance
             */
            Attribute.prototype.type = 0;

            /**
             * Encodes the specified Attribute message. Does not implicitly {@link biggan_port.onnx.Attribute.verify|verify} messages.
             * @function encode
             * @memberof biggan_port.onnx.Attribute
             * @static
             * @param {biggan_port.onnx.Attribute.$Properties} message Attribute message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Attribute.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.f != null && $Object.hasOwnProperty.call(message, "f") && !$Object.is(message.f, 0))
                    writer.uint32(/* id 2, wireType 5 =*/21).float(message.f);
                if (message.i != null && $Object.hasOwnProperty.call(message, "i") && (typeof message.i === "object" ? message.i.low || message.i.high : message.i !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.i);
                if (message.s != null && $Object.hasOwnProperty.call(message, "s") && message.s.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.s);
                if (message.ints != null && message.ints.length)
                    writer.uint32(/* id 8, wireType 2 =*/66).int64s(message.ints);
                if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
                    writer.uint32(/* id 20, wireType 0 =*/160).int32(message.type);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Attribute message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.onnx.Attribute
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.onnx.Attribute & biggan_port.onnx.Attribute.$Shape} Attribute
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Attribute.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.onnx.Attribute();
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
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 5)
                                break;
                            if (!$Object.is(value = reader.float(), 0))
                                message.f = value;
                            else
                                delete message.f;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.i = value;
                            else
                                delete message.i;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.s = value;
                            else
                                delete message.s;
                            continue;
                        }
                    case 8: {
                            if (wireType === 2) {
                                if (!(message.ints && message.ints.length))
                                    message.ints = [];
                                reader.int64s(message.ints);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.ints && message.ints.length))
                                message.ints = [];
                            message.ints.push(reader.int64());
                            continue;
                        }
                    case 20: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.type = value;
                            else
                                delete message.type;
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

            return Attribute;
        })();

        onnx.TensorHead = (function() {

            /**
             * Properties of a TensorHead.
             * @typedef {Object} biggan_port.onnx.TensorHead.$Properties
             * @property {Array.<number>|null} [dims] TensorHead dims
             * @property {number|null} [dataType] TensorHead dataType
             * @property {string|null} [name] TensorHead name
             * @property {string|null} [docString] TensorHead docString
             * @property {Array.<biggan_port.onnx.StringEntry.$Properties>|null} [externalData] TensorHead externalData
             * @property {number|null} [dataLocation] TensorHead dataLocation
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TensorHead.
             * @memberof biggan_port.onnx
             * @interface ITensorHead
             * @augments biggan_port.onnx.TensorHead.$Properties
             * @deprecated Use biggan_port.onnx.TensorHead.$Properties instead.
             */

            /**
             * Shape of a TensorHead.
             * @typedef {biggan_port.onnx.TensorHead.$Properties} biggan_port.onnx.TensorHead.$Shape
             */

            /**
             * Constructs a new TensorHead.
             * @memberof biggan_port.onnx
             * @classdesc Represents a TensorHead.
             * @constructor
             * @param {biggan_port.onnx.TensorHead.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TensorHead = function (properties) {
                this.dims = [];
                this.externalData = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TensorHead dims.
             * @member {Array.<number>} dims
             * @memberof biggan_port.onnx.TensorHead
             * @instance
             */
            TensorHead.prototype.dims = $util.emptyArray;

            /**
             * TensorHead dataType.
             * @member {number} dataType
             * @memberof biggan_port.onnx.TensorHead
             * @instance
             */
            TensorHead.prototype.dataType = 0;

            /**
             * TensorHead name.
             * @member {string} name
             * @memberof biggan_port.onnx.TensorHead
             * @instance
             */
            TensorHead.prototype.name = "";

            /**
             * TensorHead docString.
             * @member {string} docString
             * @memberof biggan_port.onnx.TensorHead
             * @instance
             */
            TensorHead.prototype.docString = "";

            /**
             * TensorHead externalData.
             * @member {Array.<biggan_port.onnx.StringEntry.$Properties>} externalData
             * @memberof biggan_port.onnx.TensorHead
             * @instance
             */
            TensorHead.prototype.externalData = $util.emptyArray;

            /**
             * TensorHead dataLocation.
             * @member {number} dataLocation
             * @memberof biggan_port.onnx.TensorHead
             * @instance
             */
            TensorHead.prototype.dataLocation = 0;

            /**
             * Encodes the specified TensorHead message. Does not implicitly {@link biggan_port.onnx.TensorHead.verify|verify} messages.
             * @function encode
             * @memberof biggan_port.onnx.TensorHead
             * @static
             * @param {biggan_port.onnx.TensorHead.$Properties} message TensorHead message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TensorHead.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.dims != null && message.dims.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).int64s(message.dims);
                if (message.dataType != null && $Object.hasOwnProperty.call(message, "dataType") && message.dataType !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.dataType);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.name);
                if (message.docString != null && $Object.hasOwnProperty.call(message, "docString") && message.docString !== "")
                    writer.uint32(/* id 12, wireType 2 =*/98).string(message.docString);
                if (message.externalData != null && message.externalData.length)
                    for (let i = 0; i < message.externalData.length; ++i)
                        $root.biggan_port.onnx.StringEntry.encode(message.externalData[i], writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.dataLocation != null && $Object.hasOwnProperty.call(message, "dataLocation") && message.dataLocation !== 0)
                    writer.uint32(/* id 14, wireType 0 =*/112).int32(message.dataLocation);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TensorHead message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.onnx.TensorHead
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.onnx.TensorHead & biggan_port.onnx.TensorHead.$Shape} TensorHead
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TensorHead.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.onnx.TensorHead();
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
                            if (wireType === 2) {
                                if (!(message.dims && message.dims.length))
                                    message.dims = [];
                                reader.int64s(message.dims);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.dims && message.dims.length))
                                message.dims = [];
                            message.dims.push(reader.int64());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.dataType = value;
                            else
                                delete message.dataType;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.docString = value;
                            else
                                delete message.docString;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            if (!(message.externalData && message.externalData.length))
                                message.externalData = [];
                            message.externalData.push($root.biggan_port.onnx.StringEntry.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 14: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.dataLocation = value;
                            else
                                delete message.dataLocation;
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

            return TensorHead;
        })();

        onnx.ValueInfo = (function() {

            /**
             * Properties of a ValueInfo.
             * @typedef {Object} biggan_port.onnx.ValueInfo.$Properties
             * @property {string|null} [name] ValueInfo name
             * @property {biggan_port.onnx.Type.$Properties|null} [type] ValueInfo type
             * @property {string|null} [docString] ValueInfo docString
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ValueInfo.
             * @memberof biggan_port.onnx
             * @interface IValueInfo
             * @augments biggan_port.onnx.ValueInfo.$Properties
             * @deprecated Use biggan_port.onnx.ValueInfo.$Properties instead.
             */

            /**
             * Shape of a ValueInfo.
             * @typedef {{
             *   name?: string|null;
             *   type?: biggan_port.onnx.Type.$Shape|null;
             *   docString?: string|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} biggan_port.onnx.ValueInfo.$Shape
             */

            /**
             * Constructs a new ValueInfo.
             * @memberof biggan_port.onnx
             * @classdesc Represents a ValueInfo.
             * @constructor
             * @param {biggan_port.onnx.ValueInfo.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ValueInfo = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ValueInfo name.
             * @member {string} name
             * @memberof biggan_port.onnx.ValueInfo
             * @instance
             */
            ValueInfo.prototype.name = "";

            /**
             * ValueInfo type.
             * @member {biggan_port.onnx.Type.$Properties|null|undefined} type
             * @memberof biggan_port.onnx.ValueInfo
             * @instance
             */
            ValueInfo.prototype.type = null;

            /**
             * ValueInfo docString.
             * @member {string} docString
             * @memberof biggan_port.onnx.ValueInfo
             * @instance
             */
            ValueInfo.prototype.docString = "";

            /**
             * Encodes the specified ValueInfo message. Does not implicitly {@link biggan_port.onnx.ValueInfo.verify|verify} messages.
             * @function encode
             * @memberof biggan_port.onnx.ValueInfo
             * @static
             * @param {biggan_port.onnx.ValueInfo.$Properties} message ValueInfo message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ValueInfo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                    $root.biggan_port.onnx.Type.encode(message.type, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.docString != null && $Object.hasOwnProperty.call(message, "docString") && message.docString !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.docString);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ValueInfo message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.onnx.ValueInfo
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.onnx.ValueInfo & biggan_port.onnx.ValueInfo.$Shape} ValueInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ValueInfo.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.onnx.ValueInfo();
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
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.type = $root.biggan_port.onnx.Type.decode(reader, reader.size(), $undefined, _depth + 1, message.type);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.docString = value;
                            else
                                delete message.docString;
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

            return ValueInfo;
        })();

        onnx.Type = (function() {

            /**
             * Properties of a Type.
             * @typedef {Object} biggan_port.onnx.Type.$Properties
             * @property {biggan_port.onnx.TensorType.$Properties|null} [tensorType] Type tensorType
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Type.
             * @memberof biggan_port.onnx
             * @interface IType
             * @augments biggan_port.onnx.Type.$Properties
             * @deprecated Use biggan_port.onnx.Type.$Properties instead.
             */

            /**
             * Shape of a Type.
             * @typedef {{
             *   tensorType?: biggan_port.onnx.TensorType.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} biggan_port.onnx.Type.$Shape
             */

            /**
             * Constructs a new Type.
             * @memberof biggan_port.onnx
             * @classdesc Represents a Type.
             * @constructor
             * @param {biggan_port.onnx.Type.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Type = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Type tensorType.
             * @member {biggan_port.onnx.TensorType.$Properties|null|undefined} tensorType
             * @memberof biggan_port.onnx.Type
             * @instance
             */
            Type.prototype.tensorType = null;

            /**
             * Encodes the specified Type message. Does not implicitly {@link biggan_port.onnx.Type.verify|verify} messages.
             * @function encode
             * @memberof biggan_port.onnx.Type
             * @static
             * @param {biggan_port.onnx.Type.$Properties} message Type message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Type.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.tensorType != null && $Object.hasOwnProperty.call(message, "tensorType"))
                    $root.biggan_port.onnx.TensorType.encode(message.tensorType, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Type message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.onnx.Type
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.onnx.Type & biggan_port.onnx.Type.$Shape} Type
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Type.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.onnx.Type();
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
                            if (wireType !== 2)
                                break;
                            message.tensorType = $root.biggan_port.onnx.TensorType.decode(reader, reader.size(), $undefined, _depth + 1, message.tensorType);
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

            return Type;
        })();

        onnx.TensorType = (function() {

            /**
             * Properties of a TensorType.
             * @typedef {Object} biggan_port.onnx.TensorType.$Properties
             * @property {number|null} [elemType] TensorType elemType
             * @property {biggan_port.onnx.TensorShape.$Properties|null} [shape] TensorType shape
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TensorType.
             * @memberof biggan_port.onnx
             * @interface ITensorType
             * @augments biggan_port.onnx.TensorType.$Properties
             * @deprecated Use biggan_port.onnx.TensorType.$Properties instead.
             */

            /**
             * Shape of a TensorType.
             * @typedef {{
             *   elemType?: number|null;
             *   shape?: biggan_port.onnx.TensorShape.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} biggan_port.onnx.TensorType.$Shape
             */

            /**
             * Constructs a new TensorType.
             * @memberof biggan_port.onnx
             * @classdesc Represents a TensorType.
             * @constructor
             * @param {biggan_port.onnx.TensorType.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TensorType = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TensorType elemType.
             * @member {number} elemType
             * @memberof biggan_port.onnx.TensorType
             * @instance
             */
            TensorType.prototype.elemType = 0;

            /**
             * TensorType shape.
             * @member {biggan_port.onnx.TensorShape.$Properties|null|undefined} shape
             * @memberof biggan_port.onnx.TensorType
             * @instance
             */
            TensorType.prototype.shape = null;

            /**
             * Encodes the specified TensorType message. Does not implicitly {@link biggan_port.onnx.TensorType.verify|verify} messages.
             * @function encode
             * @memberof biggan_port.onnx.TensorType
             * @static
             * @param {biggan_port.onnx.TensorType.$Properties} message TensorType message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TensorType.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.elemType != null && $Object.hasOwnProperty.call(message, "elemType") && message.elemType !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.elemType);
                if (message.shape != null && $Object.hasOwnProperty.call(message, "shape"))
                    $root.biggan_port.onnx.TensorShape.encode(message.shape, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TensorType message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.onnx.TensorType
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.onnx.TensorType & biggan_port.onnx.TensorType.$Shape} TensorType
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TensorType.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.onnx.TensorType();
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
                                message.elemType = value;
                            else
                                delete message.elemType;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.shape = $root.biggan_port.onnx.TensorShape.decode(reader, reader.size(), $undefined, _depth + 1, message.shape);
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

            return TensorType;
        })();

        onnx.TensorShape = (function() {

            /**
             * Properties of a TensorShape.
             * @typedef {Object} biggan_port.onnx.TensorShape.$Properties
             * @property {Array.<biggan_port.onnx.Dimension.$Properties>|null} [dim] TensorShape dim
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TensorShape.
             * @memberof biggan_port.onnx
             * @interface ITensorShape
             * @augments biggan_port.onnx.TensorShape.$Properties
             * @deprecated Use biggan_port.onnx.TensorShape.$Properties instead.
             */

            /**
             * Shape of a TensorShape.
             * @typedef {{
             *   dim?: Array.<biggan_port.onnx.Dimension.$Shape>|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} biggan_port.onnx.TensorShape.$Shape
             */

            /**
             * Constructs a new TensorShape.
             * @memberof biggan_port.onnx
             * @classdesc Represents a TensorShape.
             * @constructor
             * @param {biggan_port.onnx.TensorShape.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TensorShape = function (properties) {
                this.dim = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TensorShape dim.
             * @member {Array.<biggan_port.onnx.Dimension.$Properties>} dim
             * @memberof biggan_port.onnx.TensorShape
             * @instance
             */
            TensorShape.prototype.dim = $util.emptyArray;

            /**
             * Encodes the specified TensorShape message. Does not implicitly {@link biggan_port.onnx.TensorShape.verify|verify} messages.
             * @function encode
             * @memberof biggan_port.onnx.TensorShape
             * @static
             * @param {biggan_port.onnx.TensorShape.$Properties} message TensorShape message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TensorShape.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.dim != null && message.dim.length)
                    for (let i = 0; i < message.dim.length; ++i)
                        $root.biggan_port.onnx.Dimension.encode(message.dim[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TensorShape message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.onnx.TensorShape
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.onnx.TensorShape & biggan_port.onnx.TensorShape.$Shape} TensorShape
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TensorShape.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.onnx.TensorShape();
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
                            if (wireType !== 2)
                                break;
                            if (!(message.dim && message.dim.length))
                                message.dim = [];
                            message.dim.push($root.biggan_port.onnx.Dimension.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return TensorShape;
        })();

        onnx.Dimension = (function() {

            /**
             * Properties of a Dimension.
             * @typedef {Object} biggan_port.onnx.Dimension.$Properties
             * @property {number|null} [dimValue] Dimension dimValue
             * @property {string|null} [dimParam] Dimension dimParam
             * @property {"dimValue"|"dimParam"} [value] Dimension value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Dimension.
             * @memberof biggan_port.onnx
             * @interface IDimension
             * @augments biggan_port.onnx.Dimension.$Properties
             * @deprecated Use biggan_port.onnx.Dimension.$Properties instead.
             */

            /**
             * Narrowed shape of a Dimension.
             * @typedef {{
             *   dimValue?: number|null;
             *   dimParam?: string|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ value?: undefined; dimValue?: null; dimParam?: null }|{ value?: "dimValue"; dimValue: number; dimParam?: null }|{ value?: "dimParam"; dimValue?: null; dimParam: string })
             * )} biggan_port.onnx.Dimension.$Shape
             */

            /**
             * Constructs a new Dimension.
             * @memberof biggan_port.onnx
             * @classdesc Represents a Dimension.
             * @constructor
             * @param {biggan_port.onnx.Dimension.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Dimension = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Dimension dimValue.
             * @member {number|null|undefined} dimValue
             * @memberof biggan_port.onnx.Dimension
             * @instance
             */
            Dimension.prototype.dimValue = null;

            /**
             * Dimension dimParam.
             * @member {string|null|undefined} dimParam
             * @memberof biggan_port.onnx.Dimension
             * @instance
             */
            Dimension.prototype.dimParam = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * Dimension value.
             * @member {"dimValue"|"dimParam"|undefined} value
             * @memberof biggan_port.onnx.Dimension
             * @instance
             */
            $Object.defineProperty(Dimension.prototype, "value", {
                get: $util.oneOfGetter($oneOfFields = ["dimValue", "dimParam"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified Dimension message. Does not implicitly {@link biggan_port.onnx.Dimension.verify|verify} messages.
             * @function encode
             * @memberof biggan_port.onnx.Dimension
             * @static
             * @param {biggan_port.onnx.Dimension.$Properties} message Dimension message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Dimension.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.dimValue != null && $Object.hasOwnProperty.call(message, "dimValue"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.dimValue);
                if (message.dimParam != null && $Object.hasOwnProperty.call(message, "dimParam"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.dimParam);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Dimension message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.onnx.Dimension
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.onnx.Dimension & biggan_port.onnx.Dimension.$Shape} Dimension
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Dimension.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.onnx.Dimension();
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
                            message.dimValue = reader.int64();
                            message.value = "dimValue";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.dimParam = reader.stringVerify();
                            message.value = "dimParam";
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

            return Dimension;
        })();

        return onnx;
    })();

    return biggan_port;
})();

export {
  $root as default
};
