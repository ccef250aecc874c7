/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["saved_model"] || ($protobuf.roots["saved_model"] = {});

export const biggan_port = $root.biggan_port = (() => {

    /**
     * Namespace biggan_port.
     * @exports biggan_port
     * @namespace
     */
    const biggan_port = {};

    biggan_port.saved_model = (function() {

        /**
         * Namespace saved_model.
         * @memberof biggan_port
         * @namespace
         */
        const saved_model = {};

        saved_model.MetaGraph = (function() {

            /**
             * Properties of a MetaGraph.
             * @typedef {Object} biggan_port.saved_model.MetaGraph.$Properties
             * @property {biggan_port.saved_model.MetaInfo.$Properties|null} [metaInfo] MetaGraph metaInfo
             * @property {Uint8Array|null} [graph] MetaGraph graph
             * @property {Object.<string,Uint8Array>|null} [signatures] MetaGraph signatures
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MetaGraph.
             * @memberof biggan_port.saved_model
             * @interface IMetaGraph
             * @augments biggan_port.saved_model.MetaGraph.$Properties
             * @deprecated Use biggan_port.saved_model.MetaGraph.$Properties instead.
             */

            /**
             * Shape of a MetaGraph.
             * @typedef {biggan_port.saved_model.MetaGraph.$Properties} biggan_port.saved_model.MetaGraph.$Shape
             */

            /**
             * Constructs a new MetaGraph.
             * @memberof biggan_port.saved_model
             * @classdesc Represents a MetaGraph.
             * @constructor
             * @param {biggan_port.saved_model.MetaGraph.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MetaGraph = function (properties) {
                this.signatures = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MetaGraph metaInfo.
             * @member {biggan_port.saved_model.MetaInfo.$Properties|null|undefined} metaInfo
             * @memberof biggan_port.saved_model.MetaGraph
             * @instance
             */
            MetaGraph.prototype.metaInfo = null;

            /**
             * MetaGraph graph.
             * @member {Uint8Array} graph
             * @memberof biggan_port.saved_model.MetaGraph
             * @instance
             */
            MetaGraph.prototype.graph = $util.newBuffer([]);

            /**
             * MetaGraph signatures.
             * @member {Object.<string,Uint8Array>} signatures
             * @memberof biggan_port.saved_model.MetaGraph
             * @instance
             */
            MetaGraph.prototype.signatures = $util.emptyObject;

            /**
             * Decodes a MetaGraph message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.saved_model.MetaGraph
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.MetaGraph & biggan_port.saved_model.MetaGraph.$Shape} MetaGraph
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MetaGraph.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.biggan_port.saved_model.MetaGraph();
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
                            message.metaInfo = $root.biggan_port.saved_model.MetaInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.metaInfo);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.graph = value;
                            else
                                delete message.graph;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (message.signatures === $util.emptyObject)
                                message.signatures = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = [];
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = reader.bytes();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.signatures, key);
                            message.signatures[key] = value;
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

            return MetaGraph;
        })();

        saved_model.MetaInfo = (function() {

            /**
             * Properties of a MetaInfo.
             * @typedef {Object} biggan_port.saved_model.MetaInfo.$Properties
             * @property {Array.<string>|null} [tags] MetaInfo tags
             * @property {string|null} [tensorflowVersion] MetaInfo tensorflowVersion
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MetaInfo.
             * @memberof biggan_port.saved_model
             * @interface IMetaInfo
             * @augments biggan_port.saved_model.MetaInfo.$Properties
             * @deprecated Use biggan_port.saved_model.MetaInfo.$Properties instead.
             */

            /**
             * Shape of a MetaInfo.
             * @typedef {biggan_port.saved_model.MetaInfo.$Properties} biggan_port.saved_model.MetaInfo.$Shape
             */

            /**
             * Constructs a new MetaInfo.
             * @memberof biggan_port.saved_model
             * @classdesc Represents a MetaInfo.
             * @constructor
             * @param {biggan_port.saved_model.MetaInfo.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MetaInfo = function (properties) {
                this.tags = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MetaInfo tags.
             * @member {Array.<string>} tags
             * @memberof biggan_port.saved_model.MetaInfo
             * @instance
             */
            MetaInfo.prototype.tags = $util.emptyArray;

            /**
             * MetaInfo tensorflowVersion.
             * @member {string} tensorflowVersion
             * @memberof biggan_port.saved_model.MetaInfo
             * @instance
             */
            MetaInfo.prototype.tensorflowVersion = "";

            /**
             * Decodes a MetaInfo message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.saved_model.MetaInfo
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.MetaInfo & biggan_port.saved_model.MetaInfo.$Shape} MetaInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MetaInfo.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.saved_model.MetaInfo();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.tags && message.tags.length))
                                message.tags = [];
                            message.tags.push(reader.stringVerify());
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.tensorflowVersion = value;
                            else
                                delete message.tensorflowVersion;
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

            return MetaInfo;
        })();

        saved_model.Signature = (function() {

            /**
             * Properties of a Signature.
             * @typedef {Object} biggan_port.saved_model.Signature.$Properties
             * @property {Object.<string,biggan_port.saved_model.TensorInfo.$Properties>|null} [inputs] Signature inputs
             * @property {Object.<string,biggan_port.saved_model.TensorInfo.$Properties>|null} [outputs] Signature outputs
             * @property {string|null} [methodName] Signature methodName
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Signature.
             * @memberof biggan_port.saved_model
             * @interface ISignature
             * @augments biggan_port.saved_model.Signature.$Properties
             * @deprecated Use biggan_port.saved_model.Signature.$Properties instead.
             */

            /**
             * Shape of a Signature.
             * @typedef {biggan_port.saved_model.Signature.$Properties} biggan_port.saved_model.Signature.$Shape
             */

            /**
             * Constructs a new Signature.
             * @memberof biggan_port.saved_model
             * @classdesc Represents a Signature.
             * @constructor
             * @param {biggan_port.saved_model.Signature.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Signature = function (properties) {
                this.inputs = {};
                this.outputs = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Signature inputs.
             * @member {Object.<string,biggan_port.saved_model.TensorInfo.$Properties>} inputs
             * @memberof biggan_port.saved_model.Signature
             * @instance
             */
            Signature.prototype.inputs = $util.emptyObject;

            /**
             * Signature outputs.
             * @member {Object.<string,biggan_port.saved_model.TensorInfo.$Properties>} outputs
             * @memberof biggan_port.saved_model.Signature
             * @instance
             */
            Signature.prototype.outputs = $util.emptyObject;

            /**
             * Signature methodName.
             * @member {string} methodName
             * @memberof biggan_port.saved_model.Signature
             * @instance
             */
            Signature.prototype.methodName = "";

            /**
             * Decodes a Signature message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.saved_model.Signature
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.Signature & biggan_port.saved_model.Signature.$Shape} Signature
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Signature.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.biggan_port.saved_model.Signature();
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
                            if (message.inputs === $util.emptyObject)
                                message.inputs = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = null;
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = $root.biggan_port.saved_model.TensorInfo.decode(reader, reader.size(), $undefined, _depth + 1, value);
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.inputs, key);
                            message.inputs[key] = value || new $root.biggan_port.saved_model.TensorInfo();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (message.outputs === $util.emptyObject)
                                message.outputs = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = null;
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = $root.biggan_port.saved_model.TensorInfo.decode(reader, reader.size(), $undefined, _depth + 1, value);
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.outputs, key);
                            message.outputs[key] = value || new $root.biggan_port.saved_model.TensorInfo();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.methodName = value;
                            else
                                delete message.methodName;
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

            return Signature;
        })();

        saved_model.TensorInfo = (function() {

            /**
             * Properties of a TensorInfo.
             * @typedef {Object} biggan_port.saved_model.TensorInfo.$Properties
             * @property {string|null} [name] TensorInfo name
             * @property {number|null} [dtype] TensorInfo dtype
             * @property {biggan_port.saved_model.TensorShape.$Properties|null} [shape] TensorInfo shape
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TensorInfo.
             * @memberof biggan_port.saved_model
             * @interface ITensorInfo
             * @augments biggan_port.saved_model.TensorInfo.$Properties
             * @deprecated Use biggan_port.saved_model.TensorInfo.$Properties instead.
             */

            /**
             * Shape of a TensorInfo.
             * @typedef {biggan_port.saved_model.TensorInfo.$Properties} biggan_port.saved_model.TensorInfo.$Shape
             */

            /**
             * Constructs a new TensorInfo.
             * @memberof biggan_port.saved_model
             * @classdesc Represents a TensorInfo.
             * @constructor
             * @param {biggan_port.saved_model.TensorInfo.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TensorInfo = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TensorInfo name.
             * @member {string} name
             * @memberof biggan_port.saved_model.TensorInfo
             * @instance
             */
            TensorInfo.prototype.name = "";

            /**
             * TensorInfo dtype.
             * @member {number} dtype
             * @memberof biggan_port.saved_model.TensorInfo
             * @instance
             */
            TensorInfo.prototype.dtype = 0;

            /**
             * TensorInfo shape.
             * @member {biggan_port.saved_model.TensorShape.$Properties|null|undefined} shape
             * @memberof biggan_port.saved_model.TensorInfo
             * @instance
             */
            TensorInfo.prototype.shape = null;

            /**
             * Decodes a TensorInfo message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.saved_model.TensorInfo
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.TensorInfo & biggan_port.saved_model.TensorInfo.$Shape} TensorInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TensorInfo.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.saved_model.TensorInfo();
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
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.dtype = value;
                            else
                                delete message.dtype;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.shape = $root.biggan_port.saved_model.TensorShape.decode(reader, reader.size(), $undefined, _depth + 1, message.shape);
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

            return TensorInfo;
        })();

        saved_model.TensorShape = (function() {

            /**
             * Properties of a TensorShape.
             * @typedef {Object} biggan_port.saved_model.TensorShape.$Properties
             * @property {Array.<biggan_port.saved_model.Dim.$Properties>|null} [dim] TensorShape dim
             * @property {boolean|null} [unknownRank] TensorShape unknownRank
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TensorShape.
             * @memberof biggan_port.saved_model
             * @interface ITensorShape
             * @augments biggan_port.saved_model.TensorShape.$Properties
             * @deprecated Use biggan_port.saved_model.TensorShape.$Properties instead.
             */

            /**
             * Shape of a TensorShape.
             * @typedef {biggan_port.saved_model.TensorShape.$Properties} biggan_port.saved_model.TensorShape.$Shape
             */

            /**
             * Constructs a new TensorShape.
             * @memberof biggan_port.saved_model
             * @classdesc Represents a TensorShape.
             * @constructor
             * @param {biggan_port.saved_model.TensorShape.$Properties=} [properties] Properties to set
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
             * @member {Array.<biggan_port.saved_model.Dim.$Properties>} dim
             * @memberof biggan_port.saved_model.TensorShape
             * @instance
             */
            TensorShape.prototype.dim = $util.emptyArray;

            /**
             * TensorShape unknownRank.
             * @member {boolean} unknownRank
             * @memberof biggan_port.saved_model.TensorShape
             * @instance
             */
            TensorShape.prototype.unknownRank = false;

            /**
             * Decodes a TensorShape message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.saved_model.TensorShape
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.TensorShape & biggan_port.saved_model.TensorShape.$Shape} TensorShape
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
                message = _target || new $root.biggan_port.saved_model.TensorShape();
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
                            message.dim.push($root.biggan_port.saved_model.Dim.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return TensorShape;
        })();

        saved_model.Dim = (function() {

            /**
             * Properties of a Dim.
             * @typedef {Object} biggan_port.saved_model.Dim.$Properties
             * @property {Long|null} [size] Dim size
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Dim.
             * @memberof biggan_port.saved_model
             * @interface IDim
             * @augments biggan_port.saved_model.Dim.$Properties
             * @deprecated Use biggan_port.saved_model.Dim.$Properties instead.
             */

            /**
             * Shape of a Dim.
             * @typedef {biggan_port.saved_model.Dim.$Properties} biggan_port.saved_model.Dim.$Shape
             */

            /**
             * Constructs a new Dim.
             * @memberof biggan_port.saved_model
             * @classdesc Represents a Dim.
             * @constructor
             * @param {biggan_port.saved_model.Dim.$Properties=} [properties] Properties to set
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
             * @memberof biggan_port.saved_model.Dim
             * @instance
             */
            Dim.prototype.size = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Decodes a Dim message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.saved_model.Dim
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.Dim & biggan_port.saved_model.Dim.$Shape} Dim
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
                message = _target || new $root.biggan_port.saved_model.Dim();
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

        saved_model.Versions = (function() {

            /**
             * Properties of a Versions.
             * @typedef {Object} biggan_port.saved_model.Versions.$Properties
             * @property {number|null} [producer] Versions producer
             * @property {number|null} [minConsumer] Versions minConsumer
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Versions.
             * @memberof biggan_port.saved_model
             * @interface IVersions
             * @augments biggan_port.saved_model.Versions.$Properties
             * @deprecated Use biggan_port.saved_model.Versions.$Properties instead.
             */

            /**
             * Shape of a Versions.
             * @typedef {biggan_port.saved_model.Versions.$Properties} biggan_port.saved_model.Versions.$Shape
             */

            /**
             * Constructs a new Versions.
             * @memberof biggan_port.saved_model
             * @classdesc Represents a Versions.
             * @constructor
             * @param {biggan_port.saved_model.Versions.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Versions = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Versions producer.
             * @member {number} producer
             * @memberof biggan_port.saved_model.Versions
             * @instance
             */
            Versions.prototype.producer = 0;

            /**
             * Versions minConsumer.
             * @member {number} minConsumer
             * @memberof biggan_port.saved_model.Versions
             * @instance
             */
            Versions.prototype.minConsumer = 0;

            /**
             * Decodes a Versions message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.saved_model.Versions
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.Versions & biggan_port.saved_model.Versions.$Shape} Versions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Versions.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.saved_model.Versions();
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

            return Versions;
        })();

        saved_model.Function = (function() {

            /**
             * Properties of a Function.
             * @typedef {Object} biggan_port.saved_model.Function.$Properties
             * @property {Uint8Array|null} [signature] Function signature
             * @property {Object.<string,string>|null} [outputs] Function outputs
             * @property {Object.<string,string>|null} [controlOutputs] Function controlOutputs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Function.
             * @memberof biggan_port.saved_model
             * @interface IFunction
             * @augments biggan_port.saved_model.Function.$Properties
             * @deprecated Use biggan_port.saved_model.Function.$Properties instead.
             */

            /**
             * Shape of a Function.
             * @typedef {biggan_port.saved_model.Function.$Properties} biggan_port.saved_model.Function.$Shape
             */

            /**
             * Constructs a new Function.
             * @memberof biggan_port.saved_model
             * @classdesc Represents a Function.
             * @constructor
             * @param {biggan_port.saved_model.Function.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Function = function (properties) {
                this.outputs = {};
                this.controlOutputs = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Function signature.
             * @member {Uint8Array} signature
             * @memberof biggan_port.saved_model.Function
             * @instance
             */
            Function.prototype.signature = $util.newBuffer([]);

            /**
             * Function outputs.
             * @member {Object.<string,string>} outputs
             * @memberof biggan_port.saved_model.Function
             * @instance
             */
            Function.prototype.outputs = $util.emptyObject;

            /**
             * Function controlOutputs.
             * @member {Object.<string,string>} controlOutputs
             * @memberof biggan_port.saved_model.Function
             * @instance
             */
            Function.prototype.controlOutputs = $util.emptyObject;

            /**
             * Decodes a Function message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.saved_model.Function
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.Function & biggan_port.saved_model.Function.$Shape} Function
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Function.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.biggan_port.saved_model.Function();
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
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (message.outputs === $util.emptyObject)
                                message.outputs = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = "";
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = reader.stringVerify();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.outputs, key);
                            message.outputs[key] = value;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (message.controlOutputs === $util.emptyObject)
                                message.controlOutputs = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = "";
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = reader.stringVerify();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.controlOutputs, key);
                            message.controlOutputs[key] = value;
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

            return Function;
        })();

        saved_model.FunctionSignature = (function() {

            /**
             * Properties of a FunctionSignature.
             * @typedef {Object} biggan_port.saved_model.FunctionSignature.$Properties
             * @property {string|null} [name] FunctionSignature name
             * @property {Array.<biggan_port.saved_model.Argument.$Properties>|null} [inputs] FunctionSignature inputs
             * @property {Array.<biggan_port.saved_model.Argument.$Properties>|null} [outputs] FunctionSignature outputs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FunctionSignature.
             * @memberof biggan_port.saved_model
             * @interface IFunctionSignature
             * @augments biggan_port.saved_model.FunctionSignature.$Properties
             * @deprecated Use biggan_port.saved_model.FunctionSignature.$Properties instead.
             */

            /**
             * Shape of a FunctionSignature.
             * @typedef {biggan_port.saved_model.FunctionSignature.$Properties} biggan_port.saved_model.FunctionSignature.$Shape
             */

            /**
             * Constructs a new FunctionSignature.
             * @memberof biggan_port.saved_model
             * @classdesc Represents a FunctionSignature.
             * @constructor
             * @param {biggan_port.saved_model.FunctionSignature.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FunctionSignature = function (properties) {
                this.inputs = [];
                this.outputs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FunctionSignature name.
             * @member {string} name
             * @memberof biggan_port.saved_model.FunctionSignature
             * @instance
             */
            FunctionSignature.prototype.name = "";

            /**
             * FunctionSignature inputs.
             * @member {Array.<biggan_port.saved_model.Argument.$Properties>} inputs
             * @memberof biggan_port.saved_model.FunctionSignature
             * @instance
             */
            FunctionSignature.prototype.inputs = $util.emptyArray;

            /**
             * FunctionSignature outputs.
             * @member {Array.<biggan_port.saved_model.Argument.$Properties>} outputs
             * @memberof biggan_port.saved_model.FunctionSignature
             * @instance
             */
            FunctionSignature.prototype.outputs = $util.emptyArray;

            /**
             * Decodes a FunctionSignature message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.saved_model.FunctionSignature
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.FunctionSignature & biggan_port.saved_model.FunctionSignature.$Shape} FunctionSignature
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FunctionSignature.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.saved_model.FunctionSignature();
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
                            if (!(message.inputs && message.inputs.length))
                                message.inputs = [];
                            message.inputs.push($root.biggan_port.saved_model.Argument.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.outputs && message.outputs.length))
                                message.outputs = [];
                            message.outputs.push($root.biggan_port.saved_model.Argument.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return FunctionSignature;
        })();

        saved_model.Argument = (function() {

            /**
             * Properties of an Argument.
             * @typedef {Object} biggan_port.saved_model.Argument.$Properties
             * @property {string|null} [name] Argument name
             * @property {number|null} [dtype] Argument dtype
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Argument.
             * @memberof biggan_port.saved_model
             * @interface IArgument
             * @augments biggan_port.saved_model.Argument.$Properties
             * @deprecated Use biggan_port.saved_model.Argument.$Properties instead.
             */

            /**
             * Shape of an Argument.
             * @typedef {biggan_port.saved_model.Argument.$Properties} biggan_port.saved_model.Argument.$Shape
             */

            /**
             * Constructs a new Argument.
             * @memberof biggan_port.saved_model
             * @classdesc Represents an Argument.
             * @constructor
             * @param {biggan_port.saved_model.Argument.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Argument = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Argument name.
             * @member {string} name
             * @memberof biggan_port.saved_model.Argument
             * @instance
             */
            Argument.prototype.name = "";

            /**
             * Argument dtype.
             * @member {number} dtype
             * @memberof biggan_port.saved_model.Argument
             * @instance
             */
            Argument.prototype.dtype = 0;

            /**
             * Decodes an Argument message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.saved_model.Argument
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.Argument & biggan_port.saved_model.Argument.$Shape} Argument
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Argument.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.saved_model.Argument();
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
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.dtype = value;
                            else
                                delete message.dtype;
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

            return Argument;
        })();

        saved_model.AttributeValue = (function() {

            /**
             * Properties of an AttributeValue.
             * @typedef {Object} biggan_port.saved_model.AttributeValue.$Properties
             * @property {Uint8Array|null} [list] AttributeValue list
             * @property {Uint8Array|null} [s] AttributeValue s
             * @property {Long|null} [i] AttributeValue i
             * @property {number|null} [f] AttributeValue f
             * @property {boolean|null} [b] AttributeValue b
             * @property {number|null} [type] AttributeValue type
             * @property {biggan_port.saved_model.TensorShape.$Properties|null} [shape] AttributeValue shape
             * @property {Uint8Array|null} [tensor] AttributeValue tensor
             * @property {string|null} [placeholder] AttributeValue placeholder
             * @property {biggan_port.saved_model.FunctionName.$Properties|null} [func] AttributeValue func
             * @property {"list"|"s"|"i"|"f"|"b"|"type"|"shape"|"tensor"|"placeholder"|"func"} [value] AttributeValue value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AttributeValue.
             * @memberof biggan_port.saved_model
             * @interface IAttributeValue
             * @augments biggan_port.saved_model.AttributeValue.$Properties
             * @deprecated Use biggan_port.saved_model.AttributeValue.$Properties instead.
             */

            /**
             * Narrowed shape of an AttributeValue.
             * @typedef {{
             *   list?: Uint8Array|null;
             *   s?: Uint8Array|null;
             *   i?: Long|null;
             *   f?: number|null;
             *   b?: boolean|null;
             *   type?: number|null;
             *   shape?: biggan_port.saved_model.TensorShape.$Shape|null;
             *   tensor?: Uint8Array|null;
             *   placeholder?: string|null;
             *   func?: biggan_port.saved_model.FunctionName.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ value?: undefined; list?: null; s?: null; i?: null; f?: null; b?: null; type?: null; shape?: null; tensor?: null; placeholder?: null; func?: null }|{ value?: "list"; list: Uint8Array; s?: null; i?: null; f?: null; b?: null; type?: null; shape?: null; tensor?: null; placeholder?: null; func?: null }|{ value?: "s"; list?: null; s: Uint8Array; i?: null; f?: null; b?: null; type?: null; shape?: null; tensor?: null; placeholder?: null; func?: null }|{ value?: "i"; list?: null; s?: null; i: Long; f?: null; b?: null; type?: null; shape?: null; tensor?: null; placeholder?: null; func?: null }|{ value?: "f"; list?: null; s?: null; i?: null; f: number; b?: null; type?: null; shape?: null; tensor?: null; placeholder?: null; func?: null }|{ value?: "b"; list?: null; s?: null; i?: null; f?: null; b: boolean; type?: null; shape?: null; tensor?: null; placeholder?: null; func?: null }|{ value?: "type"; list?: null; s?: null; i?: null; f?: null; b?: null; type: number; shape?: null; tensor?: null; placeholder?: null; func?: null }|{ value?: "shape"; list?: null; s?: null; i?: null; f?: null; b?: null; type?: null; shape: biggan_port.saved_model.TensorShape.$Shape; tensor?: null; placeholder?: null; func?: null }|{ value?: "tensor"; list?: null; s?: null; i?: null; f?: null; b?: null; type?: null; shape?: null; tensor: Uint8Array; placeholder?: null; func?: null }|{ value?: "placeholder"; list?: null; s?: null; i?: null; f?: null; b?: null; type?: null; shape?: null; tensor?: null; placeholder: string; func?: null }|{ value?: "func"; list?: null; s?: null; i?: null; f?: null; b?: null; type?: null; shape?: null; tensor?: null; placeholder?: null; func: biggan_port.saved_model.FunctionName.$Shape })
             * )} biggan_port.saved_model.AttributeValue.$Shape
             */

            /**
             * Constructs a new AttributeValue.
             * @memberof biggan_port.saved_model
             * @classdesc Represents an AttributeValue.
             * @constructor
             * @param {biggan_port.saved_model.AttributeValue.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AttributeValue = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AttributeValue list.
             * @member {Uint8Array|null|undefined} list
             * @memberof biggan_port.saved_model.AttributeValue
             * @instance
             */
            AttributeValue.prototype.list = null;

            /**
             * AttributeValue s.
             * @member {Uint8Array|null|undefined} s
             * @memberof biggan_port.saved_model.AttributeValue
             * @instance
             */
            AttributeValue.prototype.s = null;

            /**
             * AttributeValue i.
             * @member {Long|null|undefined} i
             * @memberof biggan_port.saved_model.AttributeValue
             * @instance
             */
            AttributeValue.prototype.i = null;

            /**
             * AttributeValue f.
             * @member {number|null|undefined} f
             * @memberof biggan_port.saved_model.AttributeValue
             * @instance
             */
            AttributeValue.prototype.f = null;

            /**
             * AttributeValue b.
             * @member {boolean|null|undefined} b
             * @memberof biggan_port.saved_model.AttributeValue
             * @instance
             */
            AttributeValue.prototype.b = null;

            /**
             * AttributeValue type.
             * @member {number|null|undefined} type
             * @memberof biggan_port.saved_model.AttributeValue
             * @instance
             */
            AttributeValue.prototype.type = null;

            /**
             * AttributeValue shape.
             * @member {biggan_port.saved_model.TensorShape.$Properties|null|undefined} shape
             * @memberof biggan_port.saved_model.AttributeValue
             * @instance
             */
            AttributeValue.prototype.shape = null;

            /**
             * AttributeValue tensor.
             * @member {Uint8Array|null|undefined} tensor
             * @memberof biggan_port.saved_model.AttributeValue
             * @instance
             */
            AttributeValue.prototype.tensor = null;

            /**
             * AttributeValue placeholder.
             * @member {string|null|undefined} placeholder
             * @memberof biggan_port.saved_model.AttributeValue
             * @instance
             */
            AttributeValue.prototype.placeholder = null;

            /**
             * AttributeValue func.
             * @member {biggan_port.saved_model.FunctionName.$Properties|null|undefined} func
             * @memberof biggan_port.saved_model.AttributeValue
             * @instance
             */
            AttributeValue.prototype.func = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * AttributeValue value.
             * @member {"list"|"s"|"i"|"f"|"b"|"type"|"shape"|"tensor"|"placeholder"|"func"|undefined} value
             * @memberof biggan_port.saved_model.AttributeValue
             * @instance
             */
            $Object.defineProperty(AttributeValue.prototype, "value", {
                get: $util.oneOfGetter($oneOfFields = ["list", "s", "i", "f", "b", "type", "shape", "tensor", "placeholder", "func"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Decodes an AttributeValue message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.saved_model.AttributeValue
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.AttributeValue & biggan_port.saved_model.AttributeValue.$Shape} AttributeValue
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AttributeValue.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.saved_model.AttributeValue();
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
                            message.list = reader.bytes();
                            message.value = "list";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.s = reader.bytes();
                            message.value = "s";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.i = reader.int64();
                            message.value = "i";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 5)
                                break;
                            message.f = reader.float();
                            message.value = "f";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            message.b = reader.bool();
                            message.value = "b";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            message.type = reader.int32();
                            message.value = "type";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.shape = $root.biggan_port.saved_model.TensorShape.decode(reader, reader.size(), $undefined, _depth + 1, message.shape);
                            message.value = "shape";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.tensor = reader.bytes();
                            message.value = "tensor";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.placeholder = reader.stringVerify();
                            message.value = "placeholder";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.func = $root.biggan_port.saved_model.FunctionName.decode(reader, reader.size(), $undefined, _depth + 1, message.func);
                            message.value = "func";
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

            return AttributeValue;
        })();

        saved_model.FunctionName = (function() {

            /**
             * Properties of a FunctionName.
             * @typedef {Object} biggan_port.saved_model.FunctionName.$Properties
             * @property {string|null} [name] FunctionName name
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FunctionName.
             * @memberof biggan_port.saved_model
             * @interface IFunctionName
             * @augments biggan_port.saved_model.FunctionName.$Properties
             * @deprecated Use biggan_port.saved_model.FunctionName.$Properties instead.
             */

            /**
             * Shape of a FunctionName.
             * @typedef {biggan_port.saved_model.FunctionName.$Properties} biggan_port.saved_model.FunctionName.$Shape
             */

            /**
             * Constructs a new FunctionName.
             * @memberof biggan_port.saved_model
             * @classdesc Represents a FunctionName.
             * @constructor
             * @param {biggan_port.saved_model.FunctionName.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FunctionName = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FunctionName name.
             * @member {string} name
             * @memberof biggan_port.saved_model.FunctionName
             * @instance
             */
            FunctionName.prototype.name = "";

            /**
             * Decodes a FunctionName message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.saved_model.FunctionName
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.FunctionName & biggan_port.saved_model.FunctionName.$Shape} FunctionName
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FunctionName.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.saved_model.FunctionName();
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

            return FunctionName;
        })();

        saved_model.AttributeList = (function() {

            /**
             * Properties of an AttributeList.
             * @typedef {Object} biggan_port.saved_model.AttributeList.$Properties
             * @property {Array.<Uint8Array>|null} [s] AttributeList s
             * @property {Array.<Long>|null} [i] AttributeList i
             * @property {Array.<number>|null} [f] AttributeList f
             * @property {Array.<boolean>|null} [b] AttributeList b
             * @property {Array.<number>|null} [type] AttributeList type
             * @property {Array.<biggan_port.saved_model.TensorShape.$Properties>|null} [shape] AttributeList shape
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AttributeList.
             * @memberof biggan_port.saved_model
             * @interface IAttributeList
             * @augments biggan_port.saved_model.AttributeList.$Properties
             * @deprecated Use biggan_port.saved_model.AttributeList.$Properties instead.
             */

            /**
             * Shape of an AttributeList.
             * @typedef {biggan_port.saved_model.AttributeList.$Properties} biggan_port.saved_model.AttributeList.$Shape
             */

            /**
             * Constructs a new AttributeList.
             * @memberof biggan_port.saved_model
             * @classdesc Represents an AttributeList.
             * @constructor
             * @param {biggan_port.saved_model.AttributeList.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AttributeList = function (properties) {
                this.s = [];
                this.i = [];
                this.f = [];
                this.b = [];
                this.type = [];
                this.shape = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AttributeList s.
             * @member {Array.<Uint8Array>} s
             * @memberof biggan_port.saved_model.AttributeList
             * @instance
             */
            AttributeList.prototype.s = $util.emptyArray;

            /**
             * AttributeList i.
             * @member {Array.<Long>} i
             * @memberof biggan_port.saved_model.AttributeList
             * @instance
             */
            AttributeList.prototype.i = $util.emptyArray;

            /**
             * AttributeList f.
             * @member {Array.<number>} f
             * @memberof biggan_port.saved_model.AttributeList
             * @instance
             */
            AttributeList.prototype.f = $util.emptyArray;

            /**
             * AttributeList b.
             * @member {Array.<boolean>} b
             * @memberof biggan_port.saved_model.AttributeList
             * @instance
             */
            AttributeList.prototype.b = $util.emptyArray;

            /**
             * AttributeList type.
             * @member {Array.<number>} type
             * @memberof biggan_port.saved_model.AttributeList
             * @instance
             */
            AttributeList.prototype.type = $util.emptyArray;

            /**
             * AttributeList shape.
             * @member {Array.<biggan_port.saved_model.TensorShape.$Properties>} shape
             * @memberof biggan_port.saved_model.AttributeList
             * @instance
             */
            AttributeList.prototype.shape = $util.emptyArray;

            /**
             * Decodes an AttributeList message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.saved_model.AttributeList
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.AttributeList & biggan_port.saved_model.AttributeList.$Shape} AttributeList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AttributeList.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.saved_model.AttributeList();
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
                            if (!(message.s && message.s.length))
                                message.s = [];
                            message.s.push(reader.bytes());
                            continue;
                        }
                    case 3: {
                            if (wireType === 2) {
                                if (!(message.i && message.i.length))
                                    message.i = [];
                                reader.int64s(message.i);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.i && message.i.length))
                                message.i = [];
                            message.i.push(reader.int64());
                            continue;
                        }
                    case 4: {
                            if (wireType === 2) {
                                if (!(message.f && message.f.length))
                                    message.f = [];
                                reader.floats(message.f);
                                continue;
                            }
                            if (wireType !== 5)
                                break;
                            if (!(message.f && message.f.length))
                                message.f = [];
                            message.f.push(reader.float());
                            continue;
                        }
                    case 5: {
                            if (wireType === 2) {
                                if (!(message.b && message.b.length))
                                    message.b = [];
                                reader.bools(message.b);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.b && message.b.length))
                                message.b = [];
                            message.b.push(reader.bool());
                            continue;
                        }
                    case 6: {
                            if (wireType === 2) {
                                if (!(message.type && message.type.length))
                                    message.type = [];
                                reader.int32s(message.type);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.type && message.type.length))
                                message.type = [];
                            message.type.push(reader.int32());
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.shape && message.shape.length))
                                message.shape = [];
                            message.shape.push($root.biggan_port.saved_model.TensorShape.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return AttributeList;
        })();

        saved_model.TensorProto = (function() {

            /**
             * Properties of a TensorProto.
             * @typedef {Object} biggan_port.saved_model.TensorProto.$Properties
             * @property {number|null} [dtype] TensorProto dtype
             * @property {biggan_port.saved_model.TensorShape.$Properties|null} [shape] TensorProto shape
             * @property {Uint8Array|null} [content] TensorProto content
             * @property {Array.<number>|null} [floatVal] TensorProto floatVal
             * @property {Array.<number>|null} [doubleVal] TensorProto doubleVal
             * @property {Array.<number>|null} [intVal] TensorProto intVal
             * @property {Array.<Uint8Array>|null} [stringVal] TensorProto stringVal
             * @property {Array.<Long>|null} [int64Val] TensorProto int64Val
             * @property {Array.<boolean>|null} [boolVal] TensorProto boolVal
             * @property {Array.<number>|null} [halfVal] TensorProto halfVal
             * @property {Array.<number>|null} [uint32Val] TensorProto uint32Val
             * @property {Array.<Long>|null} [uint64Val] TensorProto uint64Val
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TensorProto.
             * @memberof biggan_port.saved_model
             * @interface ITensorProto
             * @augments biggan_port.saved_model.TensorProto.$Properties
             * @deprecated Use biggan_port.saved_model.TensorProto.$Properties instead.
             */

            /**
             * Shape of a TensorProto.
             * @typedef {biggan_port.saved_model.TensorProto.$Properties} biggan_port.saved_model.TensorProto.$Shape
             */

            /**
             * Constructs a new TensorProto.
             * @memberof biggan_port.saved_model
             * @classdesc Represents a TensorProto.
             * @constructor
             * @param {biggan_port.saved_model.TensorProto.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TensorProto = function (properties) {
                this.floatVal = [];
                this.doubleVal = [];
                this.intVal = [];
                this.stringVal = [];
                this.int64Val = [];
                this.boolVal = [];
                this.halfVal = [];
                this.uint32Val = [];
                this.uint64Val = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TensorProto dtype.
             * @member {number} dtype
             * @memberof biggan_port.saved_model.TensorProto
             * @instance
             */
            TensorProto.prototype.dtype = 0;

            /**
             * TensorProto shape.
             * @member {biggan_port.saved_model.TensorShape.$Properties|null|undefined} shape
             * @memberof biggan_port.saved_model.TensorProto
             * @instance
             */
            TensorProto.prototype.shape = null;

            /**
             * TensorProto content.
             * @member {Uint8Array} content
             * @memberof biggan_port.saved_model.TensorProto
             * @instance
             */
            TensorProto.prototype.content = $util.newBuffer([]);

            /**
             * TensorProto floatVal.
             * @member {Array.<number>} floatVal
             * @memberof biggan_port.saved_model.TensorProto
             * @instance
             */
            TensorProto.prototype.floatVal = $util.emptyArray;

            /**
             * TensorProto doubleVal.
             * @member {Array.<number>} doubleVal
             * @memberof biggan_port.saved_model.TensorProto
             * @instance
             */
            TensorProto.prototype.doubleVal = $util.emptyArray;

            /**
             * TensorProto intVal.
             * @member {Array.<number>} intVal
             * @memberof biggan_port.saved_model.TensorProto
             * @instance
             */
            TensorProto.prototype.intVal = $util.emptyArray;

            /**
             * TensorProto stringVal.
             * @member {Array.<Uint8Array>} stringVal
             * @memberof biggan_port.saved_model.TensorProto
             * @instance
             */
            TensorProto.prototype.stringVal = $util.emptyArray;

            /**
             * TensorProto int64Val.
             * @member {Array.<Long>} int64Val
             * @memberof biggan_port.saved_model.TensorProto
             * @instance
             */
            TensorProto.prototype.int64Val = $util.emptyArray;

            /**
             * TensorProto boolVal.
             * @member {Array.<boolean>} boolVal
             * @memberof biggan_port.saved_model.TensorProto
             * @instance
             */
            TensorProto.prototype.boolVal = $util.emptyArray;

            /**
             * TensorProto halfVal.
             * @member {Array.<number>} halfVal
             * @memberof biggan_port.saved_model.TensorProto
             * @instance
             */
            TensorProto.prototype.halfVal = $util.emptyArray;

            /**
             * TensorProto uint32Val.
             * @member {Array.<number>} uint32Val
             * @memberof biggan_port.saved_model.TensorProto
             * @instance
             */
            TensorProto.prototype.uint32Val = $util.emptyArray;

            /**
             * TensorProto uint64Val.
             * @member {Array.<Long>} uint64Val
             * @memberof biggan_port.saved_model.TensorProto
             * @instance
             */
            TensorProto.prototype.uint64Val = $util.emptyArray;

            /**
             * Decodes a TensorProto message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.saved_model.TensorProto
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.TensorProto & biggan_port.saved_model.TensorProto.$Shape} TensorProto
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TensorProto.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.saved_model.TensorProto();
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
                            message.shape = $root.biggan_port.saved_model.TensorShape.decode(reader, reader.size(), $undefined, _depth + 1, message.shape);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.content = value;
                            else
                                delete message.content;
                            continue;
                        }
                    case 5: {
                            if (wireType === 2) {
                                if (!(message.floatVal && message.floatVal.length))
                                    message.floatVal = [];
                                reader.floats(message.floatVal);
                                continue;
                            }
                            if (wireType !== 5)
                                break;
                            if (!(message.floatVal && message.floatVal.length))
                                message.floatVal = [];
                            message.floatVal.push(reader.float());
                            continue;
                        }
                    case 6: {
                            if (wireType === 2) {
                                if (!(message.doubleVal && message.doubleVal.length))
                                    message.doubleVal = [];
                                reader.doubles(message.doubleVal);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.doubleVal && message.doubleVal.length))
                                message.doubleVal = [];
                            message.doubleVal.push(reader.double());
                            continue;
                        }
                    case 7: {
                            if (wireType === 2) {
                                if (!(message.intVal && message.intVal.length))
                                    message.intVal = [];
                                reader.int32s(message.intVal);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.intVal && message.intVal.length))
                                message.intVal = [];
                            message.intVal.push(reader.int32());
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.stringVal && message.stringVal.length))
                                message.stringVal = [];
                            message.stringVal.push(reader.bytes());
                            continue;
                        }
                    case 10: {
                            if (wireType === 2) {
                                if (!(message.int64Val && message.int64Val.length))
                                    message.int64Val = [];
                                reader.int64s(message.int64Val);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.int64Val && message.int64Val.length))
                                message.int64Val = [];
                            message.int64Val.push(reader.int64());
                            continue;
                        }
                    case 11: {
                            if (wireType === 2) {
                                if (!(message.boolVal && message.boolVal.length))
                                    message.boolVal = [];
                                reader.bools(message.boolVal);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.boolVal && message.boolVal.length))
                                message.boolVal = [];
                            message.boolVal.push(reader.bool());
                            continue;
                        }
                    case 13: {
                            if (wireType === 2) {
                                if (!(message.halfVal && message.halfVal.length))
                                    message.halfVal = [];
                                reader.int32s(message.halfVal);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.halfVal && message.halfVal.length))
                                message.halfVal = [];
                            message.halfVal.push(reader.int32());
                            continue;
                        }
                    case 16: {
                            if (wireType === 2) {
                                if (!(message.uint32Val && message.uint32Val.length))
                                    message.uint32Val = [];
                                reader.uint32s(message.uint32Val);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.uint32Val && message.uint32Val.length))
                                message.uint32Val = [];
                            message.uint32Val.push(reader.uint32());
                            continue;
                        }
                    case 17: {
                            if (wireType === 2) {
                                if (!(message.uint64Val && message.uint64Val.length))
                                    message.uint64Val = [];
                                reader.uint64s(message.uint64Val);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.uint64Val && message.uint64Val.length))
                                message.uint64Val = [];
                            message.uint64Val.push(reader.uint64());
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

            return TensorProto;
        })();

        saved_model.HubModuleDef = (function() {

            /**
             * Properties of a HubModuleDef.
             * @typedef {Object} biggan_port.saved_model.HubModuleDef.$Properties
             * @property {number|null} [format] HubModuleDef format
             * @property {Array.<string>|null} [requiredFeatures] HubModuleDef requiredFeatures
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HubModuleDef.
             * @memberof biggan_port.saved_model
             * @interface IHubModuleDef
             * @augments biggan_port.saved_model.HubModuleDef.$Properties
             * @deprecated Use biggan_port.saved_model.HubModuleDef.$Properties instead.
             */

            /**
             * Shape of a HubModuleDef.
             * @typedef {biggan_port.saved_model.HubModuleDef.$Properties} biggan_port.saved_model.HubModuleDef.$Shape
             */

            /**
             * Constructs a new HubModuleDef.
             * @memberof biggan_port.saved_model
             * @classdesc Represents a HubModuleDef.
             * @constructor
             * @param {biggan_port.saved_model.HubModuleDef.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HubModuleDef = function (properties) {
                this.requiredFeatures = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HubModuleDef format.
             * @member {number} format
             * @memberof biggan_port.saved_model.HubModuleDef
             * @instance
             */
            HubModuleDef.prototype.format = 0;

            /**
             * HubModuleDef requiredFeatures.
             * @member {Array.<string>} requiredFeatures
             * @memberof biggan_port.saved_model.HubModuleDef
             * @instance
             */
            HubModuleDef.prototype.requiredFeatures = $util.emptyArray;

            /**
             * Decodes a HubModuleDef message from the specified reader or buffer.
             * @function decode
             * @memberof biggan_port.saved_model.HubModuleDef
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {biggan_port.saved_model.HubModuleDef & biggan_port.saved_model.HubModuleDef.$Shape} HubModuleDef
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HubModuleDef.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.biggan_port.saved_model.HubModuleDef();
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
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.requiredFeatures && message.requiredFeatures.length))
                                message.requiredFeatures = [];
                            message.requiredFeatures.push(reader.stringVerify());
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

            return HubModuleDef;
        })();

        return saved_model;
    })();

    return biggan_port;
})();

export {
  $root as default
};
