;; The loops over weights, four float32 at a time, all arithmetic in float64 and in the very order of the JavaScript in spectral-norm.ts.
;; All pointers are byte offsets, all counts multiples of 4 numbers. `node scripts/generate-kernels.mjs` makes float-kernels.generated.ts of it.
(module
  (memory (export "memory") 0)
  (func (export "grow") (param $pages i32) (result i32) (memory.grow (local.get $pages)))

  ;; rows [count, out] float32, u and b [out] float64: for each row a = row . u, b += a row. Gives squares + the sum of all a a.
  (func (export "powerStep")
    (param $rows i32) (param $count i32) (param $out i32) (param $u i32) (param $b i32) (param $squares f64) (result f64)
    (local $w i32) (local $v i32) (local $end i32) (local $x v128) (local $s01 v128) (local $s23 v128) (local $a f64) (local $aa v128)
    (block $done
      (loop $row
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $s01 (v128.const f64x2 0 0))
        (local.set $s23 (v128.const f64x2 0 0))
        (local.set $w (local.get $rows))
        (local.set $v (local.get $u))
        (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $out) (i32.const 2))))
        (loop $dot
          (local.set $x (v128.load (local.get $w)))
          (local.set $s01 (f64x2.add (local.get $s01)
            (f64x2.mul (f64x2.promote_low_f32x4 (local.get $x)) (v128.load (local.get $v)))))
          (local.set $s23 (f64x2.add (local.get $s23)
            (f64x2.mul
              (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $x) (local.get $x)))
              (v128.load offset=16 (local.get $v)))))
          (local.set $w (i32.add (local.get $w) (i32.const 16)))
          (local.set $v (i32.add (local.get $v) (i32.const 32)))
          (br_if $dot (i32.lt_u (local.get $w) (local.get $end))))
        (local.set $a (f64.add
          (f64.add (f64x2.extract_lane 0 (local.get $s01)) (f64x2.extract_lane 1 (local.get $s01)))
          (f64.add (f64x2.extract_lane 0 (local.get $s23)) (f64x2.extract_lane 1 (local.get $s23)))))
        (local.set $squares (f64.add (local.get $squares) (f64.mul (local.get $a) (local.get $a))))
        (local.set $aa (f64x2.splat (local.get $a)))
        (local.set $w (local.get $rows))
        (local.set $v (local.get $b))
        (loop $add
          (local.set $x (v128.load (local.get $w)))
          (v128.store (local.get $v) (f64x2.add (v128.load (local.get $v))
            (f64x2.mul (local.get $aa) (f64x2.promote_low_f32x4 (local.get $x)))))
          (v128.store offset=16 (local.get $v) (f64x2.add (v128.load offset=16 (local.get $v))
            (f64x2.mul (local.get $aa)
              (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $x) (local.get $x))))))
          (local.set $w (i32.add (local.get $w) (i32.const 16)))
          (local.set $v (i32.add (local.get $v) (i32.const 32)))
          (br_if $add (i32.lt_u (local.get $w) (local.get $end))))
        (local.set $rows (local.get $end))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $row)))
    (local.get $squares))

  ;; to[i] = from[i] * factor, rounded to float32 once.
  (func (export "multiply") (param $from i32) (param $to i32) (param $count i32) (param $factor f64)
    (local $end i32) (local $x v128) (local $f v128)
    (local.set $f (f64x2.splat (local.get $factor)))
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (local.set $x (v128.load (local.get $from)))
        (v128.store (local.get $to) (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
          (f32x4.demote_f64x2_zero (f64x2.mul (local.get $f) (f64x2.promote_low_f32x4 (local.get $x))))
          (f32x4.demote_f64x2_zero (f64x2.mul (local.get $f)
            (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $x) (local.get $x)))))))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br $next))))

  ;; to[i] += from[i] * factor, to float64.
  (func (export "accumulate") (param $from i32) (param $to i32) (param $count i32) (param $factor f64)
    (local $end i32) (local $x v128) (local $f v128)
    (local.set $f (f64x2.splat (local.get $factor)))
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (local.set $x (v128.load (local.get $from)))
        (v128.store (local.get $to) (f64x2.add (v128.load (local.get $to))
          (f64x2.mul (local.get $f) (f64x2.promote_low_f32x4 (local.get $x)))))
        (v128.store offset=16 (local.get $to) (f64x2.add (v128.load offset=16 (local.get $to))
          (f64x2.mul (local.get $f)
            (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $x) (local.get $x))))))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (local.set $to (i32.add (local.get $to) (i32.const 32)))
        (br $next))))

  ;; to[i] = from[i], float64 rounded to float32.
  (func (export "round") (param $from i32) (param $to i32) (param $count i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $to) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $to) (local.get $end)))
        (v128.store (local.get $to) (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
          (f32x4.demote_f64x2_zero (v128.load (local.get $from)))
          (f32x4.demote_f64x2_zero (v128.load offset=16 (local.get $from)))))
        (local.set $from (i32.add (local.get $from) (i32.const 32)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br $next)))))
