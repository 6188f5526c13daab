namespace UnityEngine.Events
{
    public class UnityEvent
    {
        public void Invoke()
        {
        }
    }

    public class UnityEvent<T0>
    {
        public void Invoke(T0 arg0)
        {
        }
    }
}
