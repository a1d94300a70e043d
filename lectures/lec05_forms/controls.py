"""Which controls of a form are sent: a form, and the pairs that Chromium 155 sent when Order was pressed."""

FORM = """\
<form action="/order">
  <input name="nick" value="">
  <input value="has no name">
  <input type="hidden" name="token" value="42">
  <input type="checkbox" name="topping" value="ham" checked>
  <input type="checkbox" name="topping" value="egg">
  <input type="checkbox" name="topping" value="olive" checked>
  <input type="checkbox" name="spicy" checked>
  <input name="coupon" value="x" disabled>
  <textarea name="wish">thin
crisp</textarea>
  <button name="do" value="order">Order</button>
  <button name="do" value="cancel">Cancel</button>
</form>
"""

SENT = b"nick=&token=42&topping=ham&topping=olive&spicy=on&wish=thin%0D%0Acrisp&do=order"

if __name__ == "__main__":
    for pair in SENT.split(b"&"):
        print(pair)
